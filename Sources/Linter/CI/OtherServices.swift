/// The CIs that tell a target by its name alone, or nothing of what was there before.
extension CIRun {
  /// https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets
  static func bitbucket(_ variables: CIVariables) -> CIRun {
    let head = variables["BITBUCKET_COMMIT"] ?? "HEAD"
    if let number = variables["BITBUCKET_PR_ID"] {
      let target = variables["BITBUCKET_PR_DESTINATION_BRANCH"] ?? "its target"
      // The commit may be abbreviated.
      let base = [variables["BITBUCKET_PR_DESTINATION_COMMIT"], Proposal.branch(target)].compactMap(\.self)
      return CIRun(
        .bitbucket,
        .proposal(Proposal(name: "pull request \(number)", target: target, base: base, head: [head])))
    }
    return build(
      .bitbucket, branch: variables["BITBUCKET_BRANCH"], tag: variables["BITBUCKET_TAG"], to: head)
  }

  /// https://learn.microsoft.com/azure/devops/pipelines/build/variables
  static func azure(_ variables: CIVariables) -> CIRun {
    let head = variables["BUILD_SOURCEVERSION"] ?? "HEAD"
    let reason = variables["BUILD_REASON"] ?? ""
    if reason == "PullRequest", let named = variables["SYSTEM_PULLREQUEST_TARGETBRANCH"] {
      let target = named.hasPrefix("refs/heads/") ? String(named.dropFirst("refs/heads/".count)) : named
      let number = variables["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"] ?? variables["SYSTEM_PULLREQUEST_PULLREQUESTID"]
      // What is checked out is a merge.
      return CIRun(
        .azure,
        .proposal(
          Proposal(
            name: "pull request" + (number.map { " \($0)" } ?? ""), target: target, base: [Proposal.branch(target)],
            head: [variables["SYSTEM_PULLREQUEST_SOURCECOMMITID"] ?? head])),
        isFromFork: variables["SYSTEM_PULLREQUEST_ISFORK"]?.lowercased() == "true")
    }
    if ["Schedule", "Manual"].contains(reason) {
      return CIRun(.azure, .everything(reason: "a build for the reason \(reason) has no range"))
    }
    let ref = variables["BUILD_SOURCEBRANCH"] ?? "refs/heads/HEAD"
    return CIRun(.azure, .push(Push(ref: ref, old: .unknown, new: [head], place: .ci(defaultBranch: nil))))
  }

  /// https://buildkite.com/docs/pipelines/configure/environment-variables
  static func buildkite(_ variables: CIVariables) -> CIRun {
    let head = variables["BUILDKITE_COMMIT"] ?? "HEAD"
    if let number = variables["BUILDKITE_PULL_REQUEST"], number != "false" {
      let target = variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"] ?? "its target"
      let from = variables["BUILDKITE_PULL_REQUEST_REPO"]
      return CIRun(
        .buildkite,
        .proposal(
          Proposal(name: "pull request \(number)", target: target, base: [Proposal.branch(target)], head: [head])),
        isFromFork: from != nil && from != variables["BUILDKITE_REPO"])
    }
    if variables["BUILDKITE_SOURCE"] == "schedule" {
      return CIRun(.buildkite, .everything(reason: "a scheduled build has no range"))
    }
    return build(
      .buildkite, branch: variables["BUILDKITE_BRANCH"], tag: variables["BUILDKITE_TAG"], to: head,
      defaultBranch: variables["BUILDKITE_PIPELINE_DEFAULT_BRANCH"])
  }

  /// https://circleci.com/docs/variables: nothing names the target of a pull request.
  static func circle(_ variables: CIVariables) -> CIRun {
    var run = build(
      .circle, branch: variables["CIRCLE_BRANCH"], tag: variables["CIRCLE_TAG"], to: variables["CIRCLE_SHA1"] ?? "HEAD")
    // Set for forks only.
    run.isFromFork = variables["CIRCLE_PR_USERNAME"] != nil
    return run
  }

  /// https://www.jenkins.io/doc/book/pipeline/jenkinsfile and the plugins for git and for branches.
  static func jenkins(_ variables: CIVariables) -> CIRun {
    if let target = variables["CHANGE_TARGET"] {
      let number = variables["CHANGE_ID"].map { " \($0)" } ?? ""
      // What is checked out may be a merge that Jenkins made itself.
      return CIRun(
        .jenkins,
        .proposal(
          Proposal(name: "change request\(number)", target: target, base: [Proposal.branch(target)], head: ["HEAD"])),
        isFromFork: variables["CHANGE_FORK"] != nil)
    }
    return build(
      .jenkins, branch: variables["BRANCH_NAME"], tag: variables["TAG_NAME"], to: variables["GIT_COMMIT"] ?? "HEAD",
      since: Push.old(variables["GIT_PREVIOUS_SUCCESSFUL_COMMIT"]))
  }

  private static func build(
    _ service: Service, branch: String?, tag: String?, to head: String, since old: Push.Old = .unknown,
    defaultBranch: String? = nil
  ) -> CIRun {
    let ref = tag.map { "refs/tags/\($0)" } ?? "refs/heads/\(branch ?? "HEAD")"
    return CIRun(service, .push(Push(ref: ref, old: old, new: [head], place: .ci(defaultBranch: defaultBranch))))
  }
}

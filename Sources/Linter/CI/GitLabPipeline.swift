/// GitLab's pipelines, by https://docs.gitlab.com/ci/variables/predefined_variables
extension CIRun {
  static func gitlab(_ variables: CIVariables) -> CIRun {
    let head = variables["CI_COMMIT_SHA"] ?? "HEAD"
    if let number = variables["CI_MERGE_REQUEST_IID"] {
      let source = variables["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"]
      return CIRun(
        .gitlab, .proposal(mergeRequest(number, variables, head)),
        isFromFork: source != nil && source != variables["CI_MERGE_REQUEST_PROJECT_ID"])
    }
    if let number = variables["CI_EXTERNAL_PULL_REQUEST_IID"] {
      let target = variables["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME"] ?? "its target"
      let base = [variables["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"], Proposal.branch(target)].compactMap(\.self)
      let own = variables["CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"] ?? head
      return CIRun(
        .gitlab, .proposal(Proposal(name: "pull request \(number)", target: target, base: base, head: [own])),
        isFromFork: variables["CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY"]
          != variables["CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY"])
    }
    let source = variables["CI_PIPELINE_SOURCE"] ?? "push"
    if ["schedule", "web", "api", "trigger", "pipeline", "chat"].contains(source) {
      return CIRun(.gitlab, .everything(reason: "a pipeline of \(source) has no range"))
    }
    let ref =
      variables["CI_COMMIT_TAG"].map { "refs/tags/\($0)" } ?? "refs/heads/\(variables["CI_COMMIT_BRANCH"] ?? "HEAD")"
    let push = Push(
      ref: ref, old: Push.old(variables["CI_COMMIT_BEFORE_SHA"]), new: [head],
      place: .ci(defaultBranch: variables["CI_DEFAULT_BRANCH"]))
    return CIRun(.gitlab, .push(push))
  }

  private static func mergeRequest(_ number: String, _ variables: CIVariables, _ commit: String) -> Proposal {
    let target = variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] ?? "its target"
    // In pipelines for merged results and in merge trains the commit is a merge, and only there the source has a variable.
    let head = variables["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] ?? commit
    let base = variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"]
    return Proposal(
      name: "merge request \(number)", target: target, base: [base ?? Proposal.branch(target)],
      isMergeBase: base != nil, head: [head],
      prefersMerge: variables["CI_MERGE_REQUEST_EVENT_TYPE"] == "merge_train")
  }
}

import Diagnostics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What GitHub writes to the file of `GITHUB_EVENT_PATH`, as far as it tells of commits. Forgejo and Gitea write the same.
/// https://docs.github.com/webhooks/webhook-events-and-payloads
struct GitHubEvent: Decodable {
  let ref: String?
  let before: String?
  let after: String?
  let forced: Bool?
  let pullRequest: PullRequest?
  let mergeGroup: MergeGroup?
  let repository: Repository?

  struct PullRequest: Decodable {
    let number: Int
    let base: Side
    let head: Side
  }

  struct Side: Decodable {
    let ref: String
    let sha: String
    /// `nil` when the fork was deleted.
    let repo: Repository?
  }

  struct MergeGroup: Decodable {
    let baseSha: String
    let headSha: String
    let baseRef: String
  }

  struct Repository: Decodable {
    let fullName: String
    let defaultBranch: String?
  }
}

extension CIRun {
  static func github(_ variables: CIVariables) throws -> CIRun {
    let name = variables["GITHUB_EVENT_NAME"] ?? "push"
    let event = try GitHubEvent.read(variables["GITHUB_EVENT_PATH"])
    if let request = event.pullRequest {
      return CIRun(.github, .proposal(request.proposal), isFromFork: request.isFromFork)
    }
    if let group = event.mergeGroup {
      let reason = "what the merge group adds to \(Push.name(of: group.baseRef))"
      return CIRun(.github, .commits(old: group.baseSha, new: group.headSha, reason: reason))
    }
    guard name == "push", let ref = event.ref, let after = event.after else {
      return CIRun(.github, .everything(reason: "the event \(name) has no range"))
    }
    // Of an annotated tag the event has the id of the tag, which a clone need not have.
    let new = [after] + [variables["GITHUB_SHA"]].compactMap(\.self)
    let push = Push(
      ref: ref, old: Push.old(event.before), new: new, isForced: event.forced ?? false,
      place: .ci(defaultBranch: event.repository?.defaultBranch))
    return CIRun(.github, .push(push))
  }
}

extension GitHubEvent {
  fileprivate static func read(_ path: String?) throws -> GitHubEvent {
    let operation = "read the event of GitHub"
    guard let path else { throw RunError(operation, "GITHUB_EVENT_PATH is not set") }
    guard case .bytes(let bytes)? = try FolderSnapshot(directory: "/").contents(of: Path(path)) else {
      throw RunError(operation, "there is no file \(path)")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(GitHubEvent.self, from: Data(bytes))
    } catch {
      throw RunError(operation, "\(path) is not what GitHub writes")
    }
  }
}

extension GitHubEvent.PullRequest {
  fileprivate var proposal: Proposal {
    // The base is the tip of its branch when the event happened, and not the merge base.
    Proposal(
      name: "pull request \(number)", target: base.ref, base: [base.sha, Proposal.branch(base.ref)], head: [head.sha])
  }

  fileprivate var isFromFork: Bool { head.repo?.fullName != base.repo?.fullName }
}

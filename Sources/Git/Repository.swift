#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A repository that is only ever read: no lock, no index refresh, no write; and no process as long as libgit2 can read
/// it.
///
/// Not to be shared between threads; open one a task.
package final class Repository {
  let layout: Layout
  let history: History
  let environment: HookEnvironment
  private let backend: any Backend
  /// Made when it is needed.
  private var command: CommandBackend?
  /// What libgit2 could not read.
  private var reasons: [String]
  var loadedIndex: IndexListing?
  var readCommits: [ObjectID: Commit] = [:]
  var knownSparseCheckout: Bool?
  private var knownReplacements: [ObjectID: ObjectID]?

  /// - Parameter reasons: why it is not libgit2 that reads, if it is not.
  init(_ layout: Layout, by backend: any Backend, _ environment: HookEnvironment, reasons: [String] = [])
    throws(GitError)
  {
    self.layout = layout
    self.backend = backend
    self.environment = environment
    self.reasons = reasons
    history = try History(layout)
  }

  /// Absolute, without a slash at the end. In a linked work tree its private folder.
  package var gitDirectory: String { layout.gitDirectory }
  /// Absolute, without a slash at the end; `nil` when the repository is bare.
  package var workTree: String? { layout.workTree }

  /// What has read the repository until now, and why it was not libgit2 alone.
  package var reader: String {
    let reasons = reasons.joined(separator: ", ")
    if let command { return "\(backend.name), and by \(command.name) where that cannot: \(reasons)" }
    return backend is CommandBackend ? "\(backend.name), since libgit2 cannot: \(reasons)" : backend.name
  }

  /// The commit that HEAD names; `nil` before the first commit.
  package func head() throws(GitError) -> ObjectID? {
    try ask { (backend) throws(GitError) in try backend.head() }
  }

  func replacements() throws(GitError) -> [ObjectID: ObjectID] {
    if let knownReplacements { return knownReplacements }
    // See "core.useReplaceRefs" in git-config(1).
    knownReplacements = [:]
    if environment.variables["GIT_NO_REPLACE_OBJECTS"] == nil, try setting("core.usereplacerefs", default: true) {
      knownReplacements = try ask { (backend) throws(GitError) in try backend.replacements() }
    }
    return knownReplacements ?? [:]
  }
}

extension Repository {
  /// Asks a back end, the repository's own if none is named, and the git command what libgit2 cannot answer.
  func ask<Answer>(
    _ first: (any Backend)? = nil, _ question: (any Backend) throws(GitError) -> Answer
  ) throws(GitError) -> Answer {
    do throws(GitError) {
      return try question(first ?? backend)
    } catch {
      let error = completed(error)
      guard error.isLimitOfLibrary, !((first ?? backend) is CommandBackend) else { throw error }
      guard let other = command ?? CommandBackend(layout, environment) else { throw error }
      do throws(GitError) {
        let answer = try question(other)
        command = other
        if !reasons.contains(error.limit) { reasons.append(error.limit) }
        return answer
      } catch let second {
        throw error.isAbout(index: second) ? second : error
      }
    }
  }

  /// Says why an object is missing.
  private func completed(_ error: GitError) -> GitError {
    guard case .missingObject(let id, .damage) = error.cause else { return error }
    return GitError(error.operation, .missingObject(id, hole))
  }

  /// The likely reason for an object to be missing from this repository.
  var hole: GitError.Hole {
    let objects = layout.commonDirectory + "/objects"
    if access(objects, R_OK | X_OK) != 0 { return .closedFolder(objects) }
    if isPartialClone { return .partialClone }
    return history.shallowCommits.isEmpty ? .damage : .shallowClone
  }

  /// git marks such a clone in either of two ways.
  private var isPartialClone: Bool {
    let settings = ["remote.", "extensions.partialclone"].flatMap { prefix in
      (try? backend.settings(startingWith: prefix)) ?? []
    }
    return settings.contains { !$0.name.hasPrefix("remote.") || $0.name.hasSuffix(".promisor") }
  }
}

extension GitError {
  /// Whether git itself may be able to read what this error is about: a format that libgit2 does not know, or an object
  /// that git would fetch.
  var isLimitOfLibrary: Bool {
    switch cause {
    case .unsupportedIndex(.other): false
    case .unsupportedIndex, .missingObject(_, .partialClone), .unsupportedExtension, .unsupportedVersion: true
    default: false
    }
  }

  /// The same for many objects.
  fileprivate var limit: String {
    if case .missingObject = cause { "objects are missing in this partial clone" } else { reason }
  }

  /// Whether git has tried and found the index damaged, which says more than that libgit2 does not know its format.
  fileprivate func isAbout(index error: GitError) -> Bool {
    if case .unsupportedIndex = cause, case .unsupportedIndex = error.cause { true } else { false }
  }
}

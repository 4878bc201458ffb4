internal import CLibgit2

extension Repository {
  /// The raw bytes of an object, which must be of the kind given; only the first bytes if asked so.
  func contents(
    of id: ObjectID, as kind: git_object_t, first limit: Int = .max
  ) throws(GitError) -> [UInt8] {
    let operation = "read object \(id)"
    var libraryID = id.libraryID
    return try explainingHoles(id) { () throws(GitError) in
      let object = try Handle(to: operation, freedBy: git_odb_object_free) {
        git_odb_read(&$0, objects.pointer, &libraryID)
      }
      guard git_odb_object_type(object.pointer) == kind else {
        throw GitError(
          operation, .corruptObject(id, "it is not a \(String(cString: git_object_type2string(kind)))"))
      }
      let count = min(git_odb_object_size(object.pointer), limit)
      return Array(UnsafeRawBufferPointer(start: git_odb_object_data(object.pointer), count: count))
    }
  }

  /// `nil` when the object is not here.
  func kind(of id: ObjectID) -> git_object_t? {
    var size = 0
    var kind = GIT_OBJECT_INVALID
    var libraryID = id.libraryID
    let code = git_odb_read_header(&size, &kind, objects.pointer, &libraryID)
    git_error_clear()
    return code < 0 ? nil : kind
  }

  /// Completes the error of a missing or damaged object: which one, and why it may be missing.
  func explainingHoles<Result: ~Copyable>(
    _ id: ObjectID? = nil, _ body: () throws(GitError) -> Result
  ) throws(GitError) -> Result {
    do {
      return try body()
    } catch {
      switch error.cause {
      case .missingObject(let named, .damage):
        throw GitError(error.operation, .missingObject(named ?? id, hole))
      case .corruptObject(nil, let text): throw GitError(error.operation, .corruptObject(id, text))
      default: throw error
      }
    }
  }

  /// The likely reason for an object to be missing from this repository.
  var hole: GitError.Hole {
    if isPartialClone { return .partialClone }
    return shallowCommits.isEmpty ? .damage : .shallowClone
  }

  /// git marks such a clone in either of two ways. All names are walked, since libgit2 1.5.1 loses 20 KB for
  /// every name that does not match a pattern.
  private var isPartialClone: Bool {
    var config: OpaquePointer?
    defer { git_error_clear() }
    guard git_repository_config_snapshot(&config, handle.pointer) == 0, let config else { return false }
    defer { git_config_free(config) }
    var iterator: OpaquePointer?
    guard git_config_iterator_new(&iterator, config) == 0, let iterator else { return false }
    defer { git_config_iterator_free(iterator) }
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator) == 0, let name = entry?.pointee.name.map({ String(cString: $0) }) {
      let isOfRemote = name.hasPrefix("remote.") && name.hasSuffix(".promisor")
      if isOfRemote || name == "extensions.partialclone" { return true }
    }
    return false
  }
}

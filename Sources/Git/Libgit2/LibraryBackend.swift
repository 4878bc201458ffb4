internal import CLibgit2

/// Reads through libgit2: no lock, no index refresh, no write, no process.
final class LibraryBackend: Backend {
  let layout: Layout
  let handle: Handle
  let objects: Handle
  var loadedIndex: LibraryIndex?
  var mappedIndex: IndexFile?

  init(_ handle: consuming Handle, _ layout: Layout) throws(GitError) {
    let repository = handle.pointer
    objects = try Handle(to: "open the object database", freedBy: git_odb_free) {
      git_repository_odb(&$0, repository)
    }
    self.handle = handle
    self.layout = layout
  }

  var name: String {
    var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
    git_libgit2_version(&major, &minor, &revision)
    return "libgit2 \(major).\(minor).\(revision)"
  }

  func head() throws(GitError) -> ObjectID? {
    var reference: OpaquePointer?
    let code = git_repository_head(&reference, handle.pointer)
    defer { git_reference_free(reference) }
    if code == GIT_EUNBORNBRANCH.rawValue {
      git_error_clear()
      return nil
    }
    try LibraryFailure.check(code, to: "read HEAD")
    guard let target = git_reference_target(reference) else {
      throw GitError("read HEAD", .unknownRevision("HEAD", inShallowClone: false))
    }
    return ObjectID(target.pointee)
  }

  func object(_ id: ObjectID, limit: Int) throws(GitError) -> (kind: ObjectKind, content: Blob) {
    guard limit < .max else {
      let (kind, bytes) = try contents(of: id, first: .max)
      return (kind, .bytes(bytes))
    }
    var size = 0
    var type = GIT_OBJECT_INVALID
    var libraryID = id.libraryID
    let code = whilePacksMove { git_odb_read_header(&size, &type, objects.pointer, &libraryID) }
    if code < 0 { throw LibraryFailure.last(code: code).error("read object \(id)").naming(id) }
    guard size > limit else {
      let (kind, bytes) = try contents(of: id, first: .max)
      return (kind, .bytes(bytes))
    }
    guard size <= Self.largestRead else { return (try kind(type, of: id), .tooLarge(size: size, beginning: [])) }
    let (kind, beginning) = try contents(of: id, first: Blob.beginningSize)
    return (kind, .tooLarge(size: size, beginning: beginning))
  }

  func contents(of id: ObjectID, first limit: Int) throws(GitError) -> (kind: ObjectKind, bytes: [UInt8]) {
    var opened: OpaquePointer?
    var libraryID = id.libraryID
    let code = whilePacksMove { git_odb_read(&opened, objects.pointer, &libraryID) }
    guard code >= 0, let object = opened else {
      throw LibraryFailure.last(code: code).error("read object \(id)").naming(id)
    }
    defer { git_odb_object_free(object) }
    let count = min(git_odb_object_size(object), limit)
    let bytes = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: count)
    return (try kind(git_odb_object_type(object), of: id), Array(bytes))
  }

  /// Asks again where a pack is gone that was listed a moment ago: git has put another in its place, and libgit2 takes it
  /// for a damaged one.
  func whilePacksMove(_ question: () -> Int32) -> Int32 {
    var code = question()
    for _ in 0..<Self.mostMoves where code < 0 && LibraryFailure.isAboutPack {
      git_odb_refresh(objects.pointer)
      code = question()
    }
    return code
  }

  /// So that a pack that is damaged indeed ends in an error.
  private static let mostMoves = 4

  private func kind(_ type: git_object_t, of id: ObjectID) throws(GitError) -> ObjectKind {
    let name = String(cString: git_object_type2string(type))
    guard let kind = ObjectKind(rawValue: name) else {
      throw GitError("read object \(id)", .corruptObject(id, "it is of no known kind"))
    }
    return kind
  }

  func storedID(of path: [UInt8], in workTree: WorkTree) throws(GitError) -> ObjectID {
    var found = git_oid()
    let full = Array(workTree.top.utf8).appending(name: path)
    let code = try full.withCString { (full) throws(GitError) in
      try path.withCString { (path) throws(GitError) in
        git_repository_hashfile(&found, handle.pointer, full, GIT_OBJECT_BLOB, path)
      }
    }
    try LibraryFailure.check(code, to: "read \(path.text)")
    return ObjectID(found)
  }

  /// Those that git makes; git, too, takes no other reference in that folder for a replacement.
  func replacements() throws(GitError) -> [ObjectID: ObjectID] {
    let operation = "read the replacements"
    let prefix = "refs/replace/"
    let iterator = try Handle(to: operation, freedBy: git_reference_iterator_free) {
      git_reference_iterator_glob_new(&$0, handle.pointer, prefix + "*")
    }
    var replacements: [ObjectID: ObjectID] = [:]
    while true {
      var reference: OpaquePointer?
      let code = git_reference_next(&reference, iterator.pointer)
      defer { git_reference_free(reference) }
      if code == GIT_ITEROVER.rawValue { break }
      try LibraryFailure.check(code, to: operation)
      guard let name = git_reference_name(reference), let target = git_reference_target(reference) else { continue }
      guard let id = ObjectID(hex: String(cString: name).dropFirst(prefix.count)) else { continue }
      replacements[id] = ObjectID(target.pointee)
    }
    git_error_clear()
    return replacements
  }

  /// Bytes: libgit2 reads an object whole or not at all, so beyond this not even the beginning is looked at.
  private static let largestRead = 256 * 1024 * 1024
}

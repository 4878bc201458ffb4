internal import CLibgit2

/// The bytes of a file, raw as stored: no filter, no line end conversion.
package enum Blob: Hashable, Sendable {
  case bytes([UInt8])
  /// Above the limit that was asked for. `size` in bytes; `beginning` is the first 64 KiB, empty when even
  /// those would cost too much to read.
  case tooLarge(size: Int, beginning: [UInt8])

  /// Bytes kept of what is too large: enough to see what kind of file it is.
  static let beginningSize = 64 * 1024
}

extension Repository {
  /// The content of a blob. `limit` in bytes; the size is known before anything is read.
  package func blob(_ id: ObjectID, limit: Int) throws(GitError) -> Blob {
    let size = try blobSize(id)
    if size <= limit { return .bytes(try contents(of: id, as: GIT_OBJECT_BLOB)) }
    guard size <= Self.largestRead else { return .tooLarge(size: size, beginning: []) }
    let beginning = try contents(of: id, as: GIT_OBJECT_BLOB, first: Blob.beginningSize)
    return .tooLarge(size: size, beginning: beginning)
  }

  private func blobSize(_ id: ObjectID) throws(GitError) -> Int {
    var size = 0
    var kind = GIT_OBJECT_INVALID
    var libraryID = id.libraryID
    let operation = "read object \(id)"
    try explainingHoles(id) { () throws(GitError) in
      try LibraryFailure.check(git_odb_read_header(&size, &kind, objects.pointer, &libraryID), to: operation)
    }
    guard kind == GIT_OBJECT_BLOB else { throw GitError(operation, .corruptObject(id, "it is not a blob")) }
    return size
  }

  /// Bytes: libgit2 reads an object whole or not at all, so beyond this not even the beginning is looked at.
  private static let largestRead = 256 * 1024 * 1024
}

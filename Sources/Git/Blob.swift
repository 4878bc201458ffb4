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
  /// The content of a blob. `limit` in bytes; of what is larger little or nothing is kept.
  package func blob(_ id: ObjectID, limit: Int) throws(GitError) -> Blob {
    try object(id, as: .blob, limit: limit)
  }

  /// The raw bytes of an object, which must be of the kind given.
  func contents(of id: ObjectID, as kind: ObjectKind) throws(GitError) -> [UInt8] {
    guard case .bytes(let bytes) = try object(id, as: kind, limit: .max) else { return [] }
    return bytes
  }

  private func object(_ id: ObjectID, as kind: ObjectKind, limit: Int) throws(GitError) -> Blob {
    let (found, content) = try object(id, limit: limit)
    guard found == kind else {
      throw GitError("read object \(id)", .corruptObject(id, "it is not a \(kind.rawValue)"))
    }
    return content
  }

  /// An object, or the one that stands for it: see git-replace(1).
  func object(_ id: ObjectID, limit: Int) throws(GitError) -> (kind: ObjectKind, content: Blob) {
    let replacements = try replacements()
    var id = id
    // As far as git follows.
    for _ in 0..<5 { id = replacements[id] ?? id }
    return try ask { (backend) throws(GitError) in try backend.object(id, limit: limit) }
  }
}

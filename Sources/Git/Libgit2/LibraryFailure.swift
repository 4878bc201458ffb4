internal import CLibgit2

/// What libgit2 said about its last failure on this thread.
struct LibraryFailure {
  let code: Int32
  let kind: git_error_t
  let text: String

  /// Reads and clears the error, so that the next failure without words does not repeat these. Must be called
  /// right after the call that failed, with nothing in between that could move to another thread.
  static func last(code: Int32) -> LibraryFailure {
    defer { git_error_clear() }
    guard let error = git_error_last(), let message = error.pointee.message else {
      return LibraryFailure(code: code, kind: GIT_ERROR_NONE, text: "libgit2 gave code \(code)")
    }
    let kind = git_error_t(rawValue: git_error_t.RawValue(truncatingIfNeeded: error.pointee.klass))
    return LibraryFailure(code: code, kind: kind, text: String(cString: message))
  }

  /// Whether the last failure on this thread is that a pack cannot be opened.
  static var isAboutPack: Bool {
    git_error_last()?.pointee.message.map { String(cString: $0).contains("packfile") } ?? false
  }

  static func check(_ code: Int32, to operation: String) throws(GitError) {
    if code < 0 { throw last(code: code).error(operation) }
  }

  func error(_ operation: String) -> GitError { GitError(operation, cause) }

  /// By code, class and text together: versions 1.1 to 1.9 give the same trouble different codes.
  private var cause: GitError.Cause {
    if let cause = repositoryCause { return cause }
    switch kind {
    case GIT_ERROR_INDEX: return .unsupportedIndex(indexTrouble)
    case GIT_ERROR_ODB where code == GIT_ENOTFOUND.rawValue: return .missingObject(quotedID, .damage)
    case GIT_ERROR_OBJECT where text.contains("can not be successfully peeled"):
      return .missingObject(nil, .damage)
    case GIT_ERROR_ZLIB, GIT_ERROR_ODB, GIT_ERROR_OBJECT, GIT_ERROR_TREE: return .corruptObject(nil, text)
    case GIT_ERROR_REFERENCE where code != GIT_ENOTFOUND.rawValue: return .damagedReference(text)
    case GIT_ERROR_CONFIG: return .configuration(text)
    default: return .library(code: code, class: Int32(bitPattern: UInt32(kind.rawValue)), text)
    }
  }

  private var repositoryCause: GitError.Cause? {
    if code == Self.notOwned || (kind == GIT_ERROR_CONFIG && text.contains("'safe.directory' was not found")) {
      return .notOwned(path: quoted)
    }
    guard kind == GIT_ERROR_REPOSITORY else { return nil }
    if code == GIT_ENOTFOUND.rawValue { return .notARepository(quoted ?? "the folder") }
    if text.contains("unknown object format") { return .unsupportedExtension("objectformat", value: quoted) }
    if text.contains("unsupported repository version") { return .unsupportedVersion(text) }
    if let range = text.firstRange(of: "unsupported extension name extensions.") {
      return .unsupportedExtension(String(text[range.upperBound...]), value: nil)
    }
    return nil
  }

  private var indexTrouble: GitError.IndexTrouble {
    if text.contains("unsupported mandatory extension"), let name = quoted {
      return name == "link" ? .split : name == "sdir" ? .sparse : .part(name)
    }
    if text.contains("calculated checksum does not match") { return .checksum }
    return .other(text)
  }

  /// The id in "no match for id (…)" and "cannot read header for (…)".
  private var quotedID: ObjectID? {
    guard let open = text.lastIndex(of: "("), let close = text.lastIndex(of: ")"), open < close else {
      return nil
    }
    return ObjectID(hex: text[text.index(after: open)..<close])
  }

  /// What stands between the first two quotes, commonly a path.
  var quoted: String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 && parts[1] != "safe.directory" ? String(parts[1]) : nil
  }

  /// `GIT_EOWNER`, which the headers before 1.4.3 do not name.
  private static let notOwned: Int32 = -36
}

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The files below the top of a work tree. No link is followed, neither to a file nor through a parent
/// folder, so that nothing outside is ever read.
struct WorkTree {
  let top: String

  /// The mode of what is there now; `nil` when nothing or a folder is.
  func mode(of path: [UInt8]) -> FileMode? {
    // One question is enough for the many that are not there.
    guard isPresent(path), let names = names(of: path), let folder = folder(names.dropLast()) else {
      return nil
    }
    guard let status = folder.status(of: Array(names[names.count - 1])), status.st_mode & S_IFMT != S_IFDIR
    else {
      return nil
    }
    return FileMode(UInt32(status.st_mode))
  }

  /// What a link holds; `nil` when it is none.
  func target(ofLink path: [UInt8]) -> [UInt8]? {
    guard let names = names(of: path), let folder = folder(names.dropLast()) else { return nil }
    return folder.target(ofLink: Array(names[names.count - 1]))
  }

  func contents(of path: [UInt8], limit: Int) throws(GitError) -> Blob {
    let operation = "read \(path.text)"
    guard let names = names(of: path), let folder = folder(names.dropLast()),
      let file = folder.entry(Array(names[names.count - 1]), isFolder: false)
    else {
      let isAbsent = isLastErrorAbsence
      throw GitError(
        operation, isAbsent ? .noSuchFile(path: path) : .unreadableFile(path: path, lastSystemError))
    }
    guard let size = file.size else { throw GitError(operation, .noSuchFile(path: path)) }
    // The size may change while we read, so the limit is held to what was really read.
    let wanted = size > limit ? Blob.beginningSize : limit.advanced(by: limit == .max ? 0 : 1)
    guard let bytes = file.bytes(first: wanted) else {
      throw GitError(operation, .unreadableFile(path: path, lastSystemError))
    }
    guard size > limit || bytes.count > limit else { return .bytes(bytes) }
    return .tooLarge(size: max(size, bytes.count), beginning: Array(bytes.prefix(Blob.beginningSize)))
  }

  /// What is in a folder now, with the mode of each entry; nothing when the folder is gone.
  func entries(of path: [UInt8]) throws(GitError) -> [(name: [UInt8], mode: FileMode)] {
    guard let folder = folder(path) else {
      if isLastErrorAbsence && !path.isEmpty { return [] }
      throw GitError("list \(path.text)", .unreadableFile(path: path, lastSystemError))
    }
    guard let found = folder.names() else {
      throw GitError("list \(path.text)", .unreadableFile(path: path, lastSystemError))
    }
    return found.compactMap { name in folder.status(of: name).map { (name, FileMode(UInt32($0.st_mode))) } }
  }

  /// Whether the folder is the top of another repository: git asks for a HEAD, or for a file that says where
  /// it is.
  func isRepository(_ path: [UInt8]) -> Bool {
    let inner = path.appending(name: Array(".git".utf8))
    if mode(of: inner.appending(name: Array("HEAD".utf8))) != nil { return true }
    guard mode(of: inner)?.isFile == true, case .bytes(let text) = try? contents(of: inner, limit: 1 << 16)
    else {
      return false
    }
    return text.starts(with: Array("gitdir: ".utf8))
  }

  private func isPresent(_ path: [UInt8]) -> Bool {
    var status = stat()
    return (Array(top.utf8).appending(name: path) + [0]).withUnsafeBytes {
      lstat($0.baseAddress!.assumingMemoryBound(to: CChar.self), &status) == 0
    }
  }

  /// The names on the way; `nil`, with `errno` as if it did not exist, for a path that could lead outside.
  private func names(of path: [UInt8]) -> [ArraySlice<UInt8>]? {
    let names = path.split(separator: slash, omittingEmptySubsequences: false)
    let dots: [[UInt8]] = [[], Array(".".utf8), Array("..".utf8)]
    guard !names.contains(where: { dots.contains(Array($0)) || $0.contains(0) }) else {
      errno = ENOENT
      return nil
    }
    return names
  }

  /// The empty path is the top.
  func folder(_ path: [UInt8]) -> OpenFile? { folder(path.split(separator: slash)[...]) }

  private func folder(_ names: ArraySlice<ArraySlice<UInt8>>) -> OpenFile? {
    guard var folder = OpenFile(top) else { return nil }
    for name in names {
      guard let next = folder.entry(Array(name), isFolder: true) else { return nil }
      folder = next
    }
    return folder
  }
}

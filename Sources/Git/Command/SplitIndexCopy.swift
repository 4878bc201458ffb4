#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// A split index and the files that it shares, in a folder of their own that is removed with the value: see "splitIndex" in
/// git-config(1).
final class SplitIndexCopy {
  let folder: String

  /// `nil` when the index is not split.
  init?(_ layout: Layout) throws(GitError) {
    let operation = "copy the index"
    let prefix = Array("sharedindex.".utf8)
    guard let names = OpenFile(layout.gitDirectory)?.names() else { return nil }
    // Files stay when an index is split no more. One that is names the file that it needs by the id.
    guard let index = OpenFile(layout.indexPath)?.bytes(first: .max) else { return nil }
    let shared = names.filter { name in
      guard name.starts(with: prefix), let id = ObjectID(hexDigits: name.dropFirst(prefix.count)) else { return false }
      return index.firstRange(of: id.raw) != nil
    }.map { String(decoding: $0, as: UTF8.self) }
    guard !shared.isEmpty else { return nil }
    var template = Array("\(Self.parent)/precede-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw GitError(operation, .command(lastSystemError)) }
    folder = String(cString: made)
    let others = (["HEAD"] + shared).map { name in
      (name, OpenFile("\(layout.gitDirectory)/\(name)")?.bytes(first: .max))
    }
    for (name, bytes) in [("index", index)] + others {
      guard let bytes else { continue }
      guard Self.write(bytes, to: "\(folder)/\(name)") else { throw GitError(operation, .command(lastSystemError)) }
    }
  }

  deinit {
    for name in OpenFile(folder)?.names() ?? [] { unlink("\(folder)/\(String(decoding: name, as: UTF8.self))") }
    rmdir(folder)
  }

  private static var parent: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }

  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "wb") else { return false }
    let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
    return fclose(file) == 0 && isWritten
  }
}

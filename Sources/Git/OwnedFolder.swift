internal import CLibgit2

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The folder whose owner git asks for, and which `safe.directory` must name: the top of the work tree, or a bare
/// repository itself.
struct OwnedFolder {
  /// Absolute, links resolved.
  let path: String
  let gitDirectory: String
  /// Where the configuration is.
  let commonDirectory: String
  /// All that must belong to the user: these two, and the file that leads from the one to the other.
  private let parts: [String]

  /// `nil` when there is no repository at the path or above it.
  init?(from start: String, _ environment: HookEnvironment) {
    guard let found = Self.gitDirectory(from: start, ceilings: environment.ceilingDirectories) else { return nil }
    gitDirectory = found
    commonDirectory = Self.commonDirectory(of: found)
    var folder = Self.resolved(start)
    while let current = folder, current != found {
      let link = current + "/.git"
      let isFolder = OpenFile(link)?.status?.mode.isFolder
      if isFolder == true && Self.resolved(link) == Self.resolved(found) || isFolder == false {
        path = current
        parts = [current, link, found]
        return
      }
      folder =
        current == "/"
        ? nil : current.lastIndex(of: "/").map { $0 == current.startIndex ? "/" : String(current[..<$0]) }
    }
    path = found
    parts = [found]
  }

  var isBare: Bool { path == gitDirectory }

  /// As git has it: by the effective user, and for root who came by sudo(8) by that user too.
  func isOwned(_ environment: HookEnvironment) -> Bool {
    let user = geteuid()
    let caller = user == 0 ? environment.value("SUDO_UID").flatMap { uid_t($0) } : nil
    return parts.allSatisfy { part in
      var status = stat()
      return lstat(part, &status) == 0 && (status.st_uid == user || status.st_uid == caller)
    }
  }

  /// Without a slash at the end. Discovery, unlike opening, asks for no owner and no format.
  private static func gitDirectory(from path: String, ceilings: String?) -> String? {
    var buffer = git_buf()
    defer {
      git_buf_dispose(&buffer)
      git_error_clear()
    }
    guard git_repository_discover(&buffer, path, 0, ceilings) == 0, let found = buffer.ptr else { return nil }
    return String(cString: found).withoutEndingSlash
  }

  private static func commonDirectory(of folder: String) -> String {
    guard let bytes = OpenFile(folder + "/commondir")?.bytes(first: 1 << 16) else { return folder }
    let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return text.absolute(from: folder)
  }

  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

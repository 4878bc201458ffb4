import Diagnostics
import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of one side in a folder of their own, for a command that is run in it once. Nothing of it is written to the
/// repository, which is why `git worktree` is not used.
struct ThrowAwayCheckout {
  private let folder: String
  /// What stands for the top of the repository.
  var top: String { folder + "/" + Self.top }
  /// Where the command is to write its assembly.
  var output: String { folder + "/out" }
  /// Files for what the command prints.
  var printed: (output: String, errors: String) { (folder + "/printed", folder + "/errors") }

  fileprivate static let top = "top"

  /// - Parameter name: tells people what it is; more is added, so that runs at the same time do not meet.
  init(named name: String, in cache: SynthCache) throws {
    var template = Array("\(cache.checkouts)/\(name)-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw RunError("make a checkout in \(cache.checkouts)", String(cString: strerror(errno)))
    }
    folder = String(cString: made)
    for path in [top, output] { try DiskFolder(path).make() }
  }

  func remove() { DiskFolder(folder).remove() }

  /// Writes the files of a folder of a commit, as git stores them. Submodules are left out, as in a clone.
  func write(
    _ listing: TreeListing, under folder: Path, of repository: Repository, unless check: () throws -> Void
  ) throws {
    let disk = DiskFolder(top)
    try DiskFolder(top + "/" + folder.description).make()
    let files = try listing.files(under: folder.bytes)
    // Links come last, so that nothing is ever written through one.
    for (path, version) in files where version.mode.isFile {
      try check()
      try disk.write(bytes(of: version, repository), to: path, isExecutable: version.mode == .executable)
    }
    for (path, version) in files where version.mode == .symbolicLink {
      try disk.link(path, to: bytes(of: version, repository))
    }
  }

  private func bytes(of version: FileVersion, _ repository: Repository) throws -> [UInt8] {
    guard case .blob(let id) = version.content, case .bytes(let bytes) = try repository.blob(id, limit: .max) else {
      return []
    }
    return bytes
  }

  /// Copies the files of the work tree that git does not ignore.
  func copyWorkTree(of repository: Repository, under folder: Path, unless check: () throws -> Void) throws {
    let disk = DiskFolder(top)
    try DiskFolder(top + "/" + folder.description).make()
    let entries = try repository.workTreeEntries(under: folder.bytes)
    for (path, mode) in entries where mode.isFile {
      try check()
      guard case .bytes(let bytes) = try repository.contents(ofWorkTreeFile: path, limit: .max) else { continue }
      try disk.write(bytes, to: path, isExecutable: mode == .executable)
    }
    for (path, mode) in entries where mode == .symbolicLink {
      if let target = try repository.target(ofWorkTreeLink: path) { try disk.link(path, to: target) }
    }
  }
}

/// Where the files lie that an assembly says its constructs were made in: the work tree, and checkouts that are gone.
struct SourceFolders {
  private let workTree: String?
  private let checkouts: String?

  init(workTree: String?, cache: SynthCache? = nil) {
    self.workTree = workTree.map(PathFilter.realPath)
    checkouts = cache?.checkouts
  }

  /// The path in the repository of a file that a stack frame names, `nil` for a file outside of it. Whether it exists
  /// there is another question.
  func path(of file: String) -> Path? {
    if let checkouts, let rest = file.behind(checkouts) {
      // The name of the checkout, what stands for the top, the path.
      let names = rest.split(separator: "/", maxSplits: 2)
      return names.count == 3 && names[1] == ThrowAwayCheckout.top ? Path(String(names[2])) : nil
    }
    return workTree.flatMap { file.behind($0) }.map { Path($0) }
  }
}

extension String {
  /// What follows the path of a folder in this path; `nil` when it is not in there.
  fileprivate func behind(_ folder: String) -> String? {
    hasPrefix(folder + "/") ? String(dropFirst(folder.count + 1)) : nil
  }
}

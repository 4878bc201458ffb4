import Diagnostics
import Git
import Templates

/// The files of a commit's tree or of the index: what git lists, and the blobs it names.
struct GitSnapshot: Snapshot {
  let repository: Repository
  let listing: any FileListing

  func paths(under folder: Path) throws -> [Path] {
    try listing.files(under: folder.bytes).filter(\.version.mode.isFile).map { Path(bytes: $0.path) }.sorted()
  }

  func contents(of path: Path) throws -> FileContents? {
    guard let version = try listing.file(at: path.bytes), version.mode.isFile,
      case .blob(let id) = version.content
    else { return nil }
    return FileContents(try repository.blob(id, limit: Limits.standard.size(of: path)))
  }
}

/// The files of the work tree: tracked ones and untracked ones that git does not ignore.
struct WorkTreeSnapshot: Snapshot {
  let repository: Repository

  func paths(under folder: Path) throws -> [Path] {
    try repository.workTreeFiles(under: folder.bytes).map { Path(bytes: $0) }.sorted()
  }

  func contents(of path: Path) throws -> FileContents? {
    do {
      return FileContents(
        try repository.contents(ofWorkTreeFile: path.bytes, limit: Limits.standard.size(of: path)))
    } catch {
      guard error.isMissingFile else { throw error }
      return nil
    }
  }
}

extension WorkTreeSnapshot {
  func lists(_ path: Path) throws -> Bool { try repository.isListed(workTreeFile: path.bytes) }
}

extension FileContents {
  init(_ blob: Blob) {
    switch blob {
    case .bytes(let bytes): self = .bytes(bytes)
    case .tooLarge(let size, let beginning): self = .tooLarge(size: size, beginning: beginning)
    }
  }
}

extension Limits {
  /// The most bytes of a file: what an assembly of many stacks tells of itself is larger than any template.
  func size(of path: Path) -> Int {
    let isOfAssembly = path.name == CloudAssembly.manifestName || path.name.hasSuffix(".metadata.json")
    return isOfAssembly ? Limits.manifest.size : size
  }
}

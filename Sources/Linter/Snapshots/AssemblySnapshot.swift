import Diagnostics
import Templates

/// A cloud assembly that is not in git, as if it lay beside its app in the repository. It is held in memory, so that
/// the folder it came from may go.
struct AssemblySnapshot: Snapshot {
  /// The place in the repository that stands for the folder.
  let folder: Path
  private var files: [Path: FileContents] = [:]

  /// Reads manifests, templates and metadata; not assets, which may be anything. `nil` when the folder on disk is no
  /// assembly.
  init?(of folderOnDisk: String, as folder: Path) throws {
    self.folder = folder
    guard try read(Path(""), from: FolderSnapshot(directory: folderOnDisk)) else { return nil }
  }

  /// Reads one assembly and the nested ones; `false` when there is none.
  private mutating func read(_ relative: Path, from disk: FolderSnapshot) throws -> Bool {
    let manifest = relative.appending(CloudAssembly.manifestName)
    guard case .bytes(let bytes) = try disk.contents(of: manifest) else { return false }
    let place = relative.bytes.isEmpty ? folder : Path(bytes: folder.bytes + [UInt8(ascii: "/")] + relative.bytes)
    guard let document = try? Document.read(bytes, named: place.appending(manifest.name), limits: .manifest),
      let assembly = CloudAssembly(manifest: document, in: relative)
    else { return false }
    for name in try disk.files(in: relative) where name.hasTemplateName {
      files[Path(bytes: place.bytes + [UInt8(ascii: "/")] + name.bytes)] = try disk.contents(
        of: relative.appending(name.description))
    }
    for nested in assembly.nested where nested != relative && files[nested] == nil { _ = try read(nested, from: disk) }
    return true
  }

  func paths(under folder: Path) -> [Path] { files.keys.filter { $0.isInside(folder) }.sorted() }

  func contents(of path: Path) -> FileContents? { files[path] }

  /// The files that two sides do not have alike; all where there is one side. What the CDK notes beside manifest and
  /// templates changes nothing that is deployed.
  static func changes(from old: AssemblySnapshot?, to new: AssemblySnapshot?) -> [Path] {
    let before = old?.files ?? [:]
    let now = new?.files ?? [:]
    return Set(before.keys).union(now.keys).filter { path in
      guard path.name == CloudAssembly.manifestName || !CloudAssembly.notes.contains(where: path.name.hasSuffix) else {
        return false
      }
      guard case .bytes(let before) = before[path], case .bytes(let now) = now[path] else { return true }
      return before != now
    }
    .sorted()
  }
}

extension CloudAssembly {
  /// How files end that are beside manifest and templates.
  fileprivate static let notes = [
    ".assets.json", ".metadata.json", "tree.json", "validation-report.json", "asset-manifest.json",
  ]
}

import Diagnostics
import Templates

/// Finds cloud assemblies in one snapshot, each manifest read once.
final class AssemblyStore {
  private let snapshot: any Snapshot
  private var known: [Path: CloudAssembly?] = [:]

  init(_ snapshot: any Snapshot) { self.snapshot = snapshot }

  /// The assembly in a folder, if its `manifest.json` is one.
  func assembly(in folder: Path) throws -> CloudAssembly? {
    if let assembly = known[folder] { return assembly }
    var assembly: CloudAssembly?
    let path = folder.appending(CloudAssembly.manifestName)
    if case .bytes(let bytes) = try snapshot.contents(of: path),
      let document = try? Document.read(bytes, named: path, limits: .manifest)
    {
      assembly = CloudAssembly(manifest: document, in: folder)
    }
    known[folder] = .some(assembly)
    return assembly
  }
}

extension AssemblyStore {
  /// Which construct made which resource. The file is read only where the template does not tell.
  func metadata(of artifact: StackArtifact, for template: Template) throws -> AssemblyMetadata {
    guard !template.resources.contains(where: { $0.constructPath != nil }) else { return .none }
    guard let path = artifact.metadataFile, case .bytes(let bytes) = try snapshot.contents(of: path),
      let document = try? Document.read(bytes, named: path, limits: .manifest)
    else { return artifact.metadata }
    return AssemblyMetadata(document.root)
  }
}

extension Limits {
  static let manifest = {
    var limits = Limits()
    limits.size = 64 << 20
    return limits
  }()
}

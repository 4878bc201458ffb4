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

extension Limits {
  fileprivate static let manifest = {
    var limits = Limits()
    limits.size = 64 << 20
    return limits
  }()
}

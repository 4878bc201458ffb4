import Diagnostics
import Templates

/// Finds cloud assemblies in one snapshot, each manifest read once.
final class AssemblyStore {
  private let snapshot: any Snapshot
  private var known: [Path: CloudAssembly?] = [:]
  /// The files of an assembly by the hash in their address.
  private var assets: [Path: [String: Path]] = [:]
  /// By the file that holds it.
  private var metadata: [Path: AssemblyMetadata] = [:]

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
  /// The file that an assembly uploads under a name, the hash of its content with an ending.
  func asset(named name: Substring, in folder: Path) throws -> Path? {
    guard let assembly = try assembly(in: folder) else { return nil }
    if assets[folder] == nil { assets[folder] = try files(of: assembly) }
    return assets[folder]?[String(name.prefix { $0 != "." })]
  }

  /// https://github.com/aws/aws-cdk-cli/tree/main/packages/@aws-cdk/cloud-assembly-schema, `assets`
  private func files(of assembly: CloudAssembly) throws -> [String: Path] {
    var files: [String: Path] = [:]
    for manifest in assembly.assetManifests {
      guard case .bytes(let bytes) = try snapshot.contents(of: manifest),
        let document = try? Document.read(bytes, named: manifest), let entries = document.root["files"]
      else { continue }
      for (hash, file) in entries.entries {
        guard let hash = hash.text, let source = file["source"]?["path"]?.text else { continue }
        files[hash] = assembly.folder.resolving(source)
      }
    }
    return files
  }

  /// What is told of the constructs of a stack.
  func metadata(of artifact: StackArtifact) throws -> AssemblyMetadata {
    guard let path = artifact.metadataFile else { return artifact.metadata }
    if let known = metadata[path] { return known }
    var found = artifact.metadata
    if case .bytes(let bytes)? = try snapshot.contents(of: path),
      let document = try? Document.read(bytes, named: path, limits: .manifest)
    {
      found = AssemblyMetadata(document.root)
    }
    metadata[path] = found
    return found
  }
}

extension Limits {
  static let manifest = {
    var limits = Limits()
    limits.size = 64 << 20
    return limits
  }()
}

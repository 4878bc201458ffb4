package import Diagnostics

/// What `cdk synth` writes to one folder: the stacks that `manifest.json` names, and the folders of nested assemblies
/// (stages). Unknown artifact types and fields are skipped, since the schema says that they may be added at any time.
///
/// https://github.com/aws/aws-cdk-cli/tree/main/packages/@aws-cdk/cloud-assembly-schema
package struct CloudAssembly: Sendable {
  package static let manifestName = "manifest.json"

  package let folder: Path
  package let stacks: [StackArtifact]
  /// The folders of nested assemblies.
  package let nested: [Path]
  /// The manifests of the assets, which name the files of nested stacks by their hash.
  package let assetManifests: [Path]

  /// `nil` when the document is no manifest of an assembly: a string `version` and a mapping `artifacts`.
  package init?(manifest: Document, in folder: Path) {
    let root = manifest.root
    guard root["version"]?.kind == .scalar, let artifacts = root["artifacts"], artifacts.kind == .mapping else {
      return nil
    }
    self.folder = folder
    var stacks: [StackArtifact] = []
    var nested: [Path] = []
    var assetManifests: [Path] = []
    for (key, artifact) in artifacts.entries {
      guard let id = key.text, let type = artifact["type"]?.text else { continue }
      switch type {
      case "aws:cloudformation:stack":
        if let stack = StackArtifact(artifact, id: id, in: folder) { stacks.append(stack) }
      case "cdk:asset-manifest":
        if let file = artifact["properties"]?["file"]?.text { assetManifests.append(folder.appending(file)) }
      case "cdk:cloud-assembly":
        if let name = artifact["properties"]?["directoryName"]?.text { nested.append(folder.appending(name)) }
      default: break
      }
    }
    self.stacks = stacks
    self.nested = nested
    self.assetManifests = assetManifests
  }
}

/// A stack of a cloud assembly.
package struct StackArtifact: Sendable {
  package let id: String
  /// The name under which CloudFormation will know the stack.
  package let name: String
  package let template: Path
  /// Whether the template lies in the folder of the assembly, where alone it may.
  package let isInAssembly: Bool
  /// `aws://account/region`, either part `unknown-…` when the app does not say.
  package let environment: String
  /// Ids of artifacts that are deployed first; assets among them.
  package let dependencies: [String]
  /// Values for the template's parameters.
  package let parameters: [String: String]
  /// The metadata that stands in the manifest.
  package let metadata: AssemblyMetadata
  /// The file with the metadata, where the manifest has none.
  package let metadataFile: Path?

  init?(_ artifact: Node, id: String, in folder: Path) {
    guard let properties = artifact["properties"], let file = properties["templateFile"]?.text else { return nil }
    self.id = id
    name = properties["stackName"]?.text ?? id
    let resolved = folder.resolving(file)
    template = resolved ?? folder.appending(file)
    isInAssembly = resolved?.isInside(folder) ?? false
    environment = artifact["environment"]?.text ?? ""
    dependencies = artifact["dependencies"]?.elements.compactMap(\.text) ?? []
    var parameters: [String: String] = [:]
    if let values = properties["parameters"] {
      for (key, value) in values.entries {
        if let name = key.text, let text = value.text { parameters[name] = text }
      }
    }
    self.parameters = parameters
    metadata = AssemblyMetadata(artifact["metadata"])
    metadataFile = artifact["additionalMetadataFile"]?.text.map(folder.appending)
  }
}

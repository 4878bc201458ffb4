import Deployment
import Diagnostics
import Rules
import Services
import Templates

/// Builds the model of a template group from one snapshot.
struct GroupReader {
  let templates: TemplateStore
  let assemblies: AssemblyStore

  init(_ snapshot: any Snapshot) {
    templates = TemplateStore(snapshot)
    assemblies = AssemblyStore(snapshot)
  }

  /// Which templates are deployed together, by names that both sides of a change share.
  enum Key: Hashable {
    case template(Path)
    /// The stacks of an assembly that go to one environment.
    case assembly(Path, environment: String)
  }

  /// The groups that a file belongs to on this side; none when it is no template and no manifest.
  func keys(holding path: Path) throws -> [Key] {
    if let assembly = try assemblies.assembly(holding: path) {
      let stacks = path.name == CloudAssembly.manifestName
        ? assembly.stacks : assembly.stacks.filter { $0.template == path }
      return Set(stacks.map(\.environment)).sorted().map { .assembly(assembly.folder, environment: $0) }
    }
    switch try templates.read(path) {
    case .template, .unreadable: return [.template(path)]
    case .skipped, .other, .missing: return []
    }
  }

  /// The model of a group and the templates of it that cannot be read; `nil` when this side has no such group.
  func model(of key: Key, expecting expectation: TemplateStore.Expectation) throws -> Side? {
    switch key {
    case .template(let path):
      switch try templates.read(path, expecting: expectation) {
      case .template(let template): return Side(model: ServiceModel(TemplateGroup(template)))
      case .unreadable(let unreadable): return Side(model: .empty, unreadable: [unreadable])
      case .skipped, .other, .missing: return nil
      }
    case .assembly(let folder, let environment):
      guard let assembly = try assemblies.assembly(in: folder) else { return nil }
      return try model(of: assembly.stacks.filter { $0.environment == environment })
    }
  }

  private func model(of artifacts: [StackArtifact]) throws -> Side? {
    guard !artifacts.isEmpty else { return nil }
    var unreadable: [Change.Unreadable] = []
    let read = try artifacts.map { artifact -> Template? in
      switch try templates.read(artifact.template, expecting: .template) {
      case .template(let template): return template
      case .unreadable(let fault):
        unreadable.append(fault)
        return nil
      case .missing:
        unreadable.append(.missing(artifact))
        return nil
      case .skipped, .other: return nil
      }
    }
    return Side(model: ServiceModel(TemplateGroup(artifacts: artifacts, templates: read)), unreadable: unreadable)
  }

  /// What one side has of a group.
  struct Side {
    let model: ServiceModel
    var unreadable: [Change.Unreadable] = []
  }
}

extension Change.Unreadable {
  /// A template that the manifest names and that is not there.
  fileprivate static func missing(_ artifact: StackArtifact) -> Change.Unreadable {
    Change.Unreadable(
      location: Location(path: artifact.template, range: .fileStart),
      reason: "the manifest names it for stack \(artifact.name), and it does not exist")
  }
}

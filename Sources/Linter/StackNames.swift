import Diagnostics
import Templates

/// Finds the stacks that names in the configuration mean, on one side of a change.
struct StackNames {
  private let templates: TemplateStore
  private let assemblies: AssemblyStore
  /// The files that may be templates.
  private let paths: [Path]
  private let manifests: [Path]
  private let isWhole: Bool

  init(_ templates: TemplateStore, _ assemblies: AssemblyStore, isWhole: Bool) throws {
    self.isWhole = isWhole
    self.templates = templates
    self.assemblies = assemblies
    let paths = try templates.snapshot.paths(under: Path(""))
    self.paths = paths.filter { templates.files.opens($0) || $0.hasTemplateName }
    manifests = paths.filter { $0.name == CloudAssembly.manifestName }
  }

  /// The only stack that a name means: by the path of its template, by that file's name without the ending, or by its
  /// name in a cloud assembly. `nil` for an unknown name where not everything is there.
  func member(_ name: Configuration.Placed) throws -> JoinedStacks.Member? {
    let found = try candidates(name.text)
    guard let first = found.first else {
      guard isWhole else { return nil }
      throw RunError(
        inConfiguration: name.location, "there is no stack '\(name.text)'",
        hint: ClosestName.question(name.text, among: paths.map(\.stem)))
    }
    guard found.count == 1 else {
      let places = found.map(\.root.template.description).joined(separator: ", ")
      throw RunError(
        inConfiguration: name.location, "'\(name.text)' may be each of \(places)", hint: "name it by its path")
    }
    return first
  }

  private func candidates(_ name: String) throws -> [JoinedStacks.Member] {
    let inAssemblies = try manifests.flatMap { manifest -> [JoinedStacks.Member] in
      guard let assembly = try assemblies.assembly(in: manifest.parent) else { return [] }
      return assembly.stacks.filter { $0.name == name || $0.template == Path(name) }.map { stack in
        JoinedStacks.Member(
          root: .init(template: stack.template, stack: stack.name),
          key: .assembly(assembly.folder, environment: stack.environment))
      }
    }
    let alone = try paths.filter { $0 == Path(name) || $0.stem == name }.filter { path in
      // What lies beside a manifest has a name there.
      guard try assemblies.assembly(in: path.parent) == nil else { return false }
      switch try templates.read(path) {
      case .template, .unreadable: return true
      case .skipped, .other, .missing: return false
      }
    }
    let exact = alone.filter { $0 == Path(name) }
    return inAssemblies
      + (exact.isEmpty ? alone : exact).map { .init(root: .init(template: $0), key: .template($0)) }
  }
}

extension Path {
  /// The name of the file without its ending: `network` of `infra/network.yaml`.
  fileprivate var stem: String {
    let name = name
    return name.lastIndex(of: ".").map { $0 == name.startIndex ? name : String(name[..<$0]) } ?? name
  }
}

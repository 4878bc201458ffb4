import Diagnostics
import Templates

/// Finds the templates that deploy a template as a nested stack, in one snapshot. That needs a look into every template
/// of the repository, so it is asked only for a template that may well be nested.
final class ParentTemplates {
  private let templates: TemplateStore
  private let nested: NestedTemplates
  private var parents: [Path: Set<Path>]?

  init(_ templates: TemplateStore, _ nested: NestedTemplates) {
    self.templates = templates
    self.nested = nested
  }

  /// The outermost templates whose deployment includes one: itself when nobody nests it, or when it does not look as if
  /// anybody did.
  func likelyRoots(of path: Path) throws -> [Path] {
    guard case .template(let template) = try templates.read(path), template.mayBeNested else { return [path] }
    return try roots(of: path)
  }

  /// The same for any template.
  func roots(of path: Path) throws -> [Path] {
    let parents = try table()
    var roots: Set<Path> = []
    var seen: Set<Path> = [path]
    var open = [path]
    while let path = open.popLast() {
      let above = parents[path] ?? []
      if above.isEmpty { roots.insert(path) }
      open += above.filter { seen.insert($0).inserted }
    }
    // Templates that nest each other have none.
    return roots.isEmpty ? [path] : roots.sorted()
  }

  private func table() throws -> [Path: Set<Path>] {
    if let parents { return parents }
    var table: [Path: Set<Path>] = [:]
    for path in try templates.snapshot.paths(under: Path("")) where templates.files.opens(path) {
      guard try templates.mayNest(path), case .template(let template) = try templates.read(path) else { continue }
      for child in try nested.all(in: template) where child.path != path { table[child.path, default: []].insert(path) }
    }
    parents = table
    return table
  }
}

extension Template {
  /// Whether somebody must give a service of the template the namespace that it is in, its own or its cluster's.
  fileprivate var mayBeNested: Bool {
    let open = Set(parameters.filter { $0.value["Default"] == nil }.keys)
    guard !open.isEmpty else { return false }
    return resources.contains { resource in
      guard resource.type == "AWS::ECS::Service", let properties = resource.properties,
        let configuration = properties["ServiceConnectConfiguration"]
      else { return false }
      let names = [configuration["Namespace"], properties["Cluster"]].compactMap(\.self).flatMap(Reference.all)
      return names.contains { open.contains($0.name) }
    }
  }
}

import Deployment
import Diagnostics
import Services
import Templates

/// The root templates of one snapshot that have services in Service Connect, by the namespaces they are in. That needs a
/// look into every template of the repository, so it is asked only when an endpoint changed.
final class RootTemplates {
  private let reader: GroupReader
  /// Where to look; `nil` for the whole snapshot.
  private let paths: [Path]?
  private var candidates: [Path]?
  /// Roots that have been read; `nil` for a file that is none.
  private var roots: [Path: Root?] = [:]

  struct Root {
    let path: Path
    let group: TemplateGroup
    let namespaces: Set<String>
  }

  init(_ reader: GroupReader, among paths: [Path]?) {
    self.reader = reader
    self.paths = paths
  }

  /// Other roots that share a namespace with a model.
  func neighbours(of model: ServiceModel, at path: Path) throws -> [Root] {
    let names = NamespaceNames(model.services).all
    guard !names.isEmpty else { return [] }
    return try others(than: path).compactMap(root).filter { !$0.namespaces.isDisjoint(with: names) }
  }

  /// The groups that deploy a template as a nested stack, where there are others that may be in its namespace.
  func keys(nesting path: Path) throws -> [GroupReader.Key] {
    try others(than: path).isEmpty ? [] : reader.keys(nesting: path)
  }

  private func others(than path: Path) throws -> [Path] {
    let candidates = try candidates ?? reader.inServiceConnect(among: paths)
    self.candidates = candidates
    return candidates.filter { $0 != path }
  }

  private func root(at path: Path) throws -> Root? {
    if let known = roots[path] { return known }
    var root: Root?
    if try reader.keys(holding: path) == [.template(path)], try reader.keys(nesting: path).isEmpty,
      let side = try reader.side(of: .template(path), expecting: .none)
    {
      root = Root(path: path, group: side.group, namespaces: NamespaceNames(side.group).all)
    }
    roots[path] = .some(root)
    return root
  }
}

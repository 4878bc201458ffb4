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
  private var groups: [(path: Path, group: TemplateGroup, namespaces: Set<String>)]?

  init(_ reader: GroupReader, among paths: [Path]?) {
    self.reader = reader
    self.paths = paths
  }

  /// The groups of other roots that share a namespace with a model.
  func neighbours(of model: ServiceModel, at path: Path) throws -> [TemplateGroup] {
    let names = RootTemplates.namespaces(of: model)
    guard !names.isEmpty else { return [] }
    return try all().filter { $0.path != path && !$0.namespaces.isDisjoint(with: names) }.map(\.group)
  }

  private func all() throws -> [(path: Path, group: TemplateGroup, namespaces: Set<String>)] {
    if let groups { return groups }
    var found: [(path: Path, group: TemplateGroup, namespaces: Set<String>)] = []
    for path in try reader.inServiceConnect(among: paths) where try reader.keys(holding: path) == [.template(path)] {
      guard let side = try reader.model(of: .template(path), expecting: .none) else { continue }
      found.append((path, side.model.group, RootTemplates.namespaces(of: side.model)))
    }
    groups = found
    return found
  }

  private static func namespaces(of model: ServiceModel) -> Set<String> {
    Set(model.services.compactMap(\.connect).map(\.namespaceName).filter { !$0.isEmpty })
  }
}

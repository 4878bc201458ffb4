import Deployment
package import Diagnostics
package import Services

/// What a picture of a deployment shows: the resources of some template groups with their dependencies, and who
/// connects to whom.
package struct DeploymentPicture: Sendable {
  package let models: [ServiceModel]
  /// What to show; `nil` for everything.
  private let paths: (@Sendable (Path) -> Bool)?

  /// - Parameter paths: the templates whose resources and outgoing edges are shown.
  package init(_ models: [ServiceModel], of paths: (@Sendable (Path) -> Bool)? = nil) {
    self.models = models
    self.paths = paths
  }

  func shows(_ path: Path) -> Bool { paths.map { $0(path) } ?? true }

  func name(_ id: ResourceID, in model: ServiceModel) -> Report.Resource {
    Report.Resource(path: model.group.template(of: id).path, logicalID: model.group[id].logicalID)
  }
}

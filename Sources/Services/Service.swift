package import Deployment
package import Diagnostics
import Templates

/// An `AWS::ECS::Service`.
package final class Service: Sendable {
  package let id: ResourceID
  /// The template and logical ID, which name the service in other revisions too.
  package let name: Report.Resource
  let spot: Spot
  package let constructPath: String?
  /// The task definition, where the template creates it.
  package let taskDefinition: TaskDefinition?
  /// The text that names the cluster, with holes: equal texts are one cluster; `nil` when nobody knows.
  package let cluster: String?
  /// `nil` when the service is not in Service Connect.
  package let connect: ServiceConnect?

  init(
    id: ResourceID, name: Report.Resource, spot: Spot, constructPath: String?, taskDefinition: TaskDefinition?,
    cluster: String?, connect: ServiceConnect?
  ) {
    self.id = id
    self.name = name
    self.spot = spot
    self.constructPath = constructPath
    self.taskDefinition = taskDefinition
    self.cluster = cluster
    self.connect = connect
  }

  package var logicalID: String { name.logicalID }

  /// The place of the logical ID.
  package var location: Location { spot.location }
}

extension Service {
  /// What a task that no service runs stands for where clients are looked at.
  convenience init(standalone task: TaskDefinition, in group: TemplateGroup) {
    let resource = group[task.id]
    self.init(
      id: task.id, name: Report.Resource(path: group.template(of: task.id).path, logicalID: resource.logicalID),
      spot: group.spot(of: task.id), constructPath: group.stacks[task.id.stack].constructPath(of: resource),
      taskDefinition: task, cluster: nil, connect: nil)
  }
}

/// The part that a service has in Service Connect.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
package struct ServiceConnect: Sendable {
  package let namespace: Namespace
  /// The same as far as no parameter decides that somebody may choose otherwise.
  package let settled: Namespace
  /// Whether the namespace is the default of the cluster. Such a service keeps the one it was created in: a changed
  /// default moves new services only.
  package let isInherited: Bool
  /// What names the namespace in the template, for comparison with another revision.
  package let namespaceName: String
  /// What the service publishes; none for a client service.
  package let endpoints: [Endpoint]
  /// What must hold for the service to be in Service Connect.
  package let premises: [Premise]
}

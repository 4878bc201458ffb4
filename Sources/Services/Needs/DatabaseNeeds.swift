import Deployment
import Templates

/// The instances of database clusters whose endpoint a task knows: the endpoint of a cluster is there before anything
/// answers.
///
/// https://github.com/aws-samples/cdk-keycloak/issues/167
struct DatabaseNeeds: NeedSource {
  private let table: ResourceTable
  /// By cluster.
  private var instances: [ResourceID: [Need.Provider]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    for id in table.all("AWS::RDS::DBInstance", "AWS::DocDB::DBInstance", "AWS::Neptune::DBInstance") {
      let node = table.properties(of: id)?["DBClusterIdentifier"]
      for cluster in table.targets(of: node, in: id.stack) {
        instances[cluster.value, default: []].append(table.provider(id, shownBy: node, when: cluster.premises))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !instances.isEmpty, let task = service.taskDefinition?.id else { return [] }
    return UsedResources(of: service, table).all.compactMap { cluster, use in
      guard let providers = instances[cluster] else { return nil }
      return Need(
        service: service, kind: .database, subject: table.group[cluster].logicalID, providers: providers,
        isMetByOne: true, spot: table.group.template(of: task).spot(of: use.range),
        ways: [use.guards.map { Premise(stack: task.stack, guarded: $0) }])
    }
  }
}

import Deployment
import Templates

/// Clusters whose capacity providers are associated by a resource of their own, which a service with such a provider
/// needs.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-clustercapacityproviderassociations.html
struct CapacityNeeds: NeedSource {
  private let table: ResourceTable
  private let associations: [ResourceID]

  init(_ table: ResourceTable) {
    self.table = table
    associations = table.all("AWS::ECS::ClusterCapacityProviderAssociations")
  }

  func needs(of service: Service) -> [Need] {
    guard !associations.isEmpty, let properties = table.properties(of: service.id),
      let cluster = properties["Cluster"]
    else { return [] }
    let stack = service.id.stack
    let clusters = table.names(of: cluster, in: stack)
    let strategy = table.elements(of: properties["CapacityProviderStrategy"], in: stack)
    return associations.flatMap { association -> [Need] in
      let node = table.properties(of: association)
      let names = Set(table.names(of: node?["Cluster"], in: association.stack).map(\.value))
      let ways: [[Premise]]
      if !strategy.isEmpty {
        ways = strategy.map(\.premises)
      } else if properties["LaunchType"] == nil {
        // The default of the cluster.
        ways = table.elements(of: node?["DefaultCapacityProviderStrategy"], in: association.stack).map(\.premises)
      } else {
        ways = []
      }
      guard !ways.isEmpty else { return [] }
      return clusters.filter { names.contains($0.value) }.map { match in
        var need = Need(
          service: service, kind: .capacity, subject: table.group[association].logicalID,
          providers: [table.provider(association, shownBy: node?["CapacityProviders"])], isMetByOne: false,
          spot: table.spot(of: properties["CapacityProviderStrategy"] ?? cluster, service.id),
          ways: ways.map { $0 + match.premises })
        need.isMostlyThere = usesFargate(strategy, stack)
        return need
      }
    }
  }

  /// Whether a strategy names only what every account has: such an association needs nothing but the cluster, and is there
  /// in seconds.
  private func usesFargate(_ strategy: [Conditional<Node>], _ stack: Int) -> Bool {
    !strategy.isEmpty
      && strategy.allSatisfy { entry in
        let names = table.texts(of: entry.value["CapacityProvider"], in: stack)
        return !names.isEmpty && names.isSubset(of: ["FARGATE", "FARGATE_SPOT"])
      }
  }
}

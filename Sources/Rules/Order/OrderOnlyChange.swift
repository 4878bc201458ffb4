import Deployment
import Diagnostics
import Services

/// A change that gives a deployed client an order and nothing else: CloudFormation makes no update from `DependsOn`
/// alone, so running tasks stay as they are.
///
/// https://github.com/aws/aws-cdk/issues/21496
struct OrderOnlyChange: Rule {
  static let description = RuleDescription(
    id: "order-only-change", severity: .notice, group: .order,
    summary: "only DependsOn of a deployed client changed, which updates nothing", needsOldSide: true)

  func check(_ change: Change) -> [Diagnostic] {
    var seen: Set<ResourceID> = []
    return change.pairs.filter { pair in
      pair.clientUpdate == ServiceUpdate.none && pair.relationBefore == Waits.Relation.none
        && [.explicit, .implicit, .stack].contains(pair.relation) && seen.insert(pair.client.id).inserted
    }
    .map { pair in
      Diagnostic(
        rule: Self.description.id, severity: .notice, .changesNothing(pair), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, identity: pair.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func changesNothing(_ pair: Pair) -> Self {
    """
    only the order of \(pair.client.logicalID) changed: CloudFormation makes no update from DependsOn alone, so running \
    tasks stay as they are; if they do not resolve \(pair.endpoint.display), deploy \(pair.client.logicalID) again
    """
  }
}

extension OrderOnlyChange {
  static let manual = RuleManual(
    finds: """
      A client that runs already and now waits for its server, while nothing else of it differs: neither a property of
      the service nor its task definition. Only a client that was not ordered before is looked at.
      """,
    effect: """
      Running tasks stay as they are. CloudFormation does not update a resource whose `DependsOn` alone changed: recorded
      change sets do not list it, and an update of a stack in which nothing else differs does nothing at all. If the
      client does not resolve its server now, because it came first when both were new, it does not after this change
      either.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      +      ForceNewDeployment: {EnableForceNewDeployment: true, ForceNewDeploymentNonce: after-api}
      """,
      since: """
        Resources:
          ApiTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
          Api:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref ApiTask
              ServiceConnectConfiguration:
                Enabled: true
                Namespace: shop
                Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
          WebTask:
            Type: AWS::ECS::TaskDefinition
            Properties:
              NetworkMode: awsvpc
              ContainerDefinitions:
                - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: !Ref WebTask
              ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
        """),
    cdk: """
      Beside the dependency, where the running client needs it:

      ```ts
      web.forceNewDeployment('after-api');
      ```
      """,
    urgency: """
      It is a *notice*, since the order is right and does its work in the next first deployment. There is something to do
      only if the client cannot reach its server at this moment.
      """,
    cost: """
      One deployment of the client. Leave it out where the client works: then the order alone is all that is wanted, and
      the notice may stand.
      """,
    falseAlarms: """
      Precede knows what git knows, not what runs, so it cannot tell whether the client was deployed since its server came.
      A client that gets a new image or a new variable in the same change is deployed by that and is not mentioned.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/21496",
      "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1112",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html",
    ])
}

import Diagnostics
import Services

/// A task that knows the endpoint of a database cluster whose instances may come after it. Applications that try again come
/// right by themselves, hence off.
///
/// https://github.com/aws-samples/cdk-keycloak/issues/167
struct DatabaseNotAwaited: NeedRule {
  static let kind = Need.Kind.database
  static let description = RuleDescription(
    id: "database-not-awaited", severity: nil, group: .startup,
    summary: "a database cluster whose instances the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(
        message: .hasNoInstance(unmet), uses: .knowsCluster(unmet.need), gives: { .isInstance($0, unmet.need) },
        cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoInstance(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before \(unmet.names): the endpoint of the cluster \
    \(unmet.need.subject ?? "") is there before anything answers, and the first connections fail
    """
  }

  fileprivate static func knowsCluster(_ need: Need) -> Self {
    "the task of \(need.service.logicalID) gets what it knows of \(need.subject ?? "") here"
  }

  fileprivate static func isInstance(_ provider: Need.Provider, _ need: Need) -> Self {
    "\(provider.name) is an instance of \(need.subject ?? "")"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(database)"
}

extension DatabaseNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service whose task definition takes a value from a database cluster of the same template (Aurora, DocumentDB, Neptune),
      itself or by way of a secret, its attachment or a parameter, where instances of that cluster are resources of their own
      and the service waits for none of them. One that is there in every deployment with the service is enough.
      """,
    effect: """
      `Ref` and `Fn::GetAtt` lead to the cluster, which is there minutes before its first instance. Until then nothing answers at
      its endpoint: the application restarts, health checks of the load balancer fail, and the deployment may be given up.
      """,
    example: .template(
      """
       Resources:
         Orders:
           Type: AWS::RDS::DBCluster
           DeletionPolicy: Snapshot
           UpdateReplacePolicy: Snapshot
           Properties: {Engine: aurora-postgresql, MasterUsername: orders, ManageMasterUserPassword: true}
         OrdersWriter:
           Type: AWS::RDS::DBInstance
           DeletionPolicy: Delete
           UpdateReplacePolicy: Delete
           Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large}
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: example/api:2
                 Environment: [{Name: DB_HOST, Value: !GetAtt Orders.Endpoint.Address}]
         Api:
           Type: AWS::ECS::Service
      +    DependsOn: [OrdersWriter]
           Properties:
             TaskDefinition: !Ref Task
      """),
    cdk: """
      With your variables for the service and the `DatabaseCluster`:

      ```ts
      service.node.defaultChild!.node.addDependency(database);
      ```
      """,
    urgency: """
      On a first deployment. Most applications try again until the database answers; that is why the rule is off until you ask
      for it.
      """,
    cost: """
      The service starts after the instance, which takes some ten minutes on a first deployment.
      """,
    falseAlarms: """
      A database instance without a cluster is complete only when it answers, so that `Ref` or `Fn::GetAtt` is enough. A cluster
      whose instances stand in no template is left alone, and so is one of which the task gets nothing. An address that is a
      plain text is not recognised.
      """,
    sources: [
      "https://github.com/aws-samples/cdk-keycloak/issues/167",
      "https://github.com/medplum/medplum/pull/1651",
      "https://github.com/aws/aws-cdk/issues/31304",
    ])
}

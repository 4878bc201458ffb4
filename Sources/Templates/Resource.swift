/// An entry under `Resources`.
package struct Resource: Sendable {
  package let logicalID: String
  /// The logical ID in the source: where diagnostics about the resource point.
  package let key: Node
  package let body: Node
  /// The resource type, `AWS::ECS::Service` for example; empty where the template has none.
  package let type: String

  package var properties: Node? { body["Properties"] }

  /// The `DependsOn` attribute: a scalar or a list of scalars, if it is well formed.
  package var dependsOn: Node? { body["DependsOn"] }

  /// The construct path that the CDK wrote, for people.
  package var constructPath: String? { body["Metadata"]?["aws:cdk:path"]?.text }
}

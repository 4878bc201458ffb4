import Diagnostics
import Services

/// A secret or parameter that a container names by a text, so that nothing makes the service wait for it.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
struct SecretNotAwaited: NeedRule {
  static let kind = Need.Kind.secret
  static let description = RuleDescription(
    id: "secret-not-awaited", severity: .warning, group: .startup, summary: "a secret or parameter named by string")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .isNotThere(unmet), uses: .takes(unmet.need), gives: { .declared($0) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func isNotThere(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before \(unmet.names), which gives its containers a value: until then its tasks \
    end with "ResourceInitializationError: unable to pull secrets or registry auth"
    """
  }

  fileprivate static func takes(_ need: Need) -> Self {
    "\(need.purpose ?? "the container") takes the value here, without a Ref that would wait for \(need.subject ?? "it")"
  }

  fileprivate static func declared(_ provider: Need.Provider) -> Self { "\(provider.name) is declared here" }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(secret)"
}

extension SecretNotAwaited {
  static let manual = RuleManual(
    finds: """
      A container that takes the value of a secret or parameter of the same template which it names by a text: `ValueFrom`
      (or the credentials of a registry) is the name or ARN of an `AWS::SSM::Parameter` or `AWS::SecretsManager::Secret`,
      written out or built from the same parts, and no `Ref` leads there. Also a container that takes the host, port or
      another key of a secret that only its `AWS::SecretsManager::SecretTargetAttachment` writes, by a `Ref` of the secret
      itself.
      """,
    effect: """
      ECS reads the values before it starts a task. If one is missing, the task ends with `ResourceInitializationError:
      unable to pull secrets or registry auth`. ECS tries again until the value is there, unless a deployment circuit
      breaker ends the deployment first.
      """,
    example: .template(
      """
       Resources:
         Token:
           Type: AWS::SSM::Parameter
           Properties: {Name: !Sub "/${AWS::StackName}/token", Type: String, Value: abc}
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             ContainerDefinitions:
               - Name: web
                 Image: nginx:1.27
                 Memory: 256
                 Secrets:
      -            - {Name: TOKEN, ValueFrom: !Sub "/${AWS::StackName}/token"}
      +            - {Name: TOKEN, ValueFrom: !Ref Token}
         Web:
           Type: AWS::ECS::Service
           Properties: {TaskDefinition: !Ref WebTask}
      """),
    cdk: """
      `ecs.Secret.fromSsmParameter(parameter)` and `ecs.Secret.fromSecretsManager(secret)` refer to them, which orders the
      two. For a name that is written out:

      ```ts
      service.node.defaultChild!.node.addDependency(secret);
      ```
      """,
    urgency: """
      Where the secret or parameter is created by the deployment. If it is there already, only a first deployment elsewhere
      runs into it.

      It is a *notice* where the service waits for a load balancer, a database or the program of a custom resource that is
      created with it: those take longer, so that the secret is nearly always there first.
      """,
    cost: """
      Nothing: secrets and parameters are there at once. An attachment waits for its database.
      """,
    falseAlarms: """
      Names are compared as CloudFormation will see them, and ARNs by the name in them; the account and the region are not
      looked at. A secret of another template is left alone. `{{resolve:…}}` in other properties is read by CloudFormation
      when it makes the task definition, not by ECS, and is not looked at. That the keys of an attachment are missing
      before it is there follows from what it does; no report of it is known.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
      "https://github.com/dfpc-coe/CloudTAK/pull/97",
      "https://github.com/wellcomecollection/platform/issues/5231",
    ])
}

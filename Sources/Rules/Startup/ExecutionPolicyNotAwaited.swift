import Diagnostics
import Services

/// A service that may start before a separate policy of its execution role. ECS tries again, so the rule is off unless
/// somebody wants the order all the same.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
struct ExecutionPolicyNotAwaited: NeedRule {
  static let kind = Need.Kind.executionPolicy
  static let description = RuleDescription(
    id: "execution-policy-not-awaited", severity: nil, group: .startup,
    summary: "an execution role whose separate policy is not awaited")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(
        message: .cannotStart(unmet), uses: .starts(unmet.need), gives: { .attached($0, unmet.need) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotStart(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before \(unmet.names), which \(unmet.missing.count == 1 ? "gives" : "give") \
    its execution role \(unmet.need.subject ?? "") permissions: until then its tasks end with ResourceInitializationError
    """
  }

  fileprivate static func starts(_ need: Need) -> Self {
    "\(need.subject ?? "") is the execution role of \(need.service.logicalID) here"
  }

  fileprivate static func attached(_ provider: Need.Provider, _ need: Need) -> Self {
    "\(provider.name) is attached to \(need.subject ?? "") here"
  }
}

extension AppCode {
  fileprivate static let wait: Self =
    "service.node.defaultChild!.node.addDependency(role.node.findChild('DefaultPolicy'))"
}

extension ExecutionPolicyNotAwaited {
  static let manual = RuleManual(
    finds: """
      An execution role (`ExecutionRoleArn`) with a policy that is attached to it by a resource of its own, where the
      service does not wait for that policy; of such policies those that allow something that ECS needs to start the tasks:
      pulling an image from ECR, reading the secrets and parameters that the containers name, environment files, writing
      logs.
      """,
    effect: """
      ECS starts the first tasks while the role may do nothing yet: they end with `ResourceInitializationError: unable to
      pull secrets or registry auth`, or write no logs. ECS tries again, so the service becomes
      stable some attempts later, unless a deployment circuit breaker has ended the deployment by then.
      """,
    example: .template(
      """
       Resources:
         Password:
           Type: AWS::SecretsManager::Secret
           Properties: {GenerateSecretString: {}}
         StartRole:
           Type: AWS::IAM::Role
           Properties:
             AssumeRolePolicyDocument:
               Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]
         ReadPassword:
           Type: AWS::IAM::Policy
           Properties:
             PolicyName: read-password
             Roles: [!Ref StartRole]
             PolicyDocument:
               Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Password}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             ExecutionRoleArn: !GetAtt StartRole.Arn
             ContainerDefinitions:
               - {Name: web, Image: "nginx:1.27", Memory: 256, Secrets: [{Name: PASSWORD, ValueFrom: !Ref Password}]}
         Web:
           Type: AWS::ECS::Service
      +    DependsOn: [ReadPassword]
           Properties: {TaskDefinition: !Ref WebTask}
      """),
    cdk: """
      The CDK orders the task role with its default policy, and leaves the default policy of the execution role out:

      ```ts
      const policy = taskDefinition.executionRole!.node.findChild('DefaultPolicy');
      service.node.defaultChild!.node.addDependency(policy);
      ```
      """,
    urgency: """
      Where the service is created by the deployment, and where a deployment circuit breaker is on. Plain apps of the CDK
      have this nearly always and get over it, which is why the rule is *off*.
      """,
    cost: """
      Policies are there in seconds. Nothing else waits for them.
      """,
    falseAlarms: """
      Policies inside of the role, and managed policies that the role names by ARN, come with the role. A policy that allows
      only what these tasks do not take (secrets where no container names one, ECR where all images come from elsewhere)
      is no need of theirs.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
      "https://github.com/aws/aws-cdk/issues/24880",
      "https://github.com/aws/aws-cdk/issues/25777",
    ])
}

import Diagnostics
import Services

/// A service that may start before a policy that stands apart from the role it acts with.
///
/// https://github.com/aws/aws-cdk/pull/26070
struct RolePolicyNotAwaited: NeedRule {
  static let kind = Need.Kind.rolePolicy
  static let description = RuleDescription(
    id: "role-policy-not-awaited", severity: .warning, group: .startup,
    summary: "a task, service, infrastructure or TLS role whose separate policy is not awaited")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(
        message: .hasNoPermission(unmet), uses: .acts(unmet.need), gives: { .attached($0, unmet.need) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoPermission(_ unmet: UnmetNeed) -> Self {
    let purpose = unmet.need.purpose ?? "role"
    return """
      \(unmet.need.service.logicalID) may start before \(unmet.names), which \(unmet.missing.count == 1 ? "gives" : "give") \
      its \(purpose) \(unmet.need.subject ?? "") permissions: \(effect(of: purpose))
      """
  }

  private static func effect(of purpose: String) -> String {
    switch purpose {
    case "task role": "until then calls of its tasks to AWS fail with AccessDenied"
    case "service role":
      "ECS then refuses it with \"Unable to assume role and validate the specified targetGroupArn\""
    case "TLS role": "the role is then used too early, and the service cannot be created"
    default: "until then what ECS does with the role fails with AccessDenied"
    }
  }

  fileprivate static func acts(_ need: Need) -> Self {
    "\(need.subject ?? "") is the \(need.purpose ?? "role") of \(need.service.logicalID) here"
  }

  fileprivate static func attached(_ provider: Need.Provider, _ need: Need) -> Self {
    "\(provider.name) is attached to \(need.subject ?? "") here"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(policy)"
}

extension RolePolicyNotAwaited {
  static let manual = RuleManual(
    finds: """
      A role that a service or its tasks act with, and a policy that is attached to the role by a resource of its own
      (`AWS::IAM::Policy`, `AWS::IAM::RolePolicy`, or `AWS::IAM::ManagedPolicy` with `Roles`), where the service does not wait
      for that policy. Roles are: the task role (`TaskRoleArn`), the service role (`Role`), the infrastructure role of
      volumes, lattice targets and blue/green target groups, and the role of Service Connect TLS. All policies of one role
      are one finding.
      """,
    effect: """
      A `Ref` or `Fn::GetAtt` of the role waits for the role and not for its policies. The tasks start while the role may do
      nothing yet: `AccessDenied` from the application, `ECS was unable to assume the role`; with a service role
      `Unable to assume role and validate the specified targetGroupArn`. With a TLS role the service cannot be created. When
      the stack is deleted, the policy may go first. Without the policy of its service role the service can no longer
      deregister its targets: it hangs in `DRAINING` until `Service did not stabilize`, or `failed to deregister targets …
      not authorized to perform: sts:AssumeRole`. AWS says of `AWS::IAM::Policy` itself that a service must depend on it.
      """,
    example: .template(
      """
       Resources:
         Orders:
           Type: AWS::SQS::Queue
         TaskRole:
           Type: AWS::IAM::Role
           Properties:
             AssumeRolePolicyDocument:
               Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: ecs-tasks.amazonaws.com}}]
         ReadOrders:
           Type: AWS::IAM::Policy
           Properties:
             PolicyName: read-orders
             Roles: [!Ref TaskRole]
             PolicyDocument:
               Statement: [{Effect: Allow, Action: "sqs:ReceiveMessage", Resource: !GetAtt Orders.Arn}]
         WorkerTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             TaskRoleArn: !GetAtt TaskRole.Arn
             ContainerDefinitions:
               - {Name: worker, Image: "registry.example.com/worker:1", Memory: 256, Environment: [{Name: QUEUE, Value: !Ref Orders}]}
         Worker:
           Type: AWS::ECS::Service
      +    DependsOn: [ReadOrders]
           Properties: {TaskDefinition: !Ref WorkerTask}
      """),
    cdk: """
      The CDK lets a service wait for its task role with the default policy. For policies of your own, with your
      variables:

      ```ts
      service.node.defaultChild!.node.addDependency(policy);
      ```
      """,
    urgency: """
      Where the service is created by the deployment, and, for the roles that ECS itself acts with, on the day when the
      stack is deleted. An application that tries again gets over the first; the second may leave a stack that cannot be
      deleted. On an update that changes policy and service together both roll out at the same time.

      It is a *notice* where the template does not show that the tasks use what the policy of their role allows: the policy
      names no resource that the task definition names too. It is one, too, where the service waits for a load balancer, a
      database or the program of a custom resource that is created with it: a policy takes seconds, those take longer.
      """,
    cost: """
      Policies are there in seconds. Nothing else waits for them.
      """,
    falseAlarms: """
      Policies inside of the role (`Policies`) and managed policies that the role names by ARN come with the role. A policy
      of a role that is the execution role as well, and that allows only pulling images and writing logs, is left to
      [execution-policy-not-awaited](execution-policy-not-awaited.md). A role or policy of another template, a policy
      under a condition in which the service does not exist, and one that names the service itself, are no need. That a
      task can do without a permission when it starts, no template shows: then suppress it.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/24880",
      "https://github.com/aws/aws-cdk/pull/26070",
      "https://github.com/awslabs/aws-refarch-cross-account-pipeline/issues/6",
      "https://github.com/remind101/empire/pull/576",
      "https://github.com/aws/aws-cli/issues/1334",
      "https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/pull/237",
      "https://github.com/aws/aws-cdk/pull/32605",
    ])
}

import Diagnostics
import Services

/// A log group that a container names by a text, so that nothing makes the service wait for it.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
struct LogGroupNotAwaited: NeedRule {
  static let kind = Need.Kind.logGroup
  static let description = RuleDescription(
    id: "log-group-not-awaited", severity: .warning, group: .startup, summary: "a log group named by string")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .isNotThere(unmet), uses: .writes(unmet.need), gives: { .declared($0) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func isNotThere(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before its log group \(unmet.names): until then its containers fail with \
    "failed to initialize logging driver: ResourceNotFoundException: The specified log group does not exist"
    """
  }

  fileprivate static func writes(_ need: Need) -> Self {
    "a text names the log group here; a Ref of \(need.subject ?? "") in its place would wait for it"
  }

  fileprivate static func declared(_ provider: Need.Provider) -> Self { "\(provider.name) is declared here" }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(logGroup)"
}

extension LogGroupNotAwaited {
  static let manual = RuleManual(
    finds: """
      A container, or the proxy of Service Connect, that writes by the `awslogs` driver to a log group of the same template
      which it names by a text: `awslogs-group` means the same as `LogGroupName` of the log group, written out or built from
      the same parameters, and no `Ref` leads there. The service does not wait for the log group in any other way either.
      """,
    effect: """
      ECS starts no container whose log group is missing: `failed to initialize logging driver:
      ResourceNotFoundException: The specified log group does not exist`. ECS tries again until the log group
      is there, which delays the deployment, or ends it where a deployment circuit breaker is on. It depends on which of the
      two is quicker, so it comes and goes: a log group takes seconds, and tasks whose image is at hand may take no more.
      """,
    example: .template(
      """
       Resources:
         Logs:
           Type: AWS::Logs::LogGroup
           Properties: {LogGroupName: !Sub "/shop/${AWS::StackName}"}
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             ContainerDefinitions:
               - Name: web
                 Image: nginx:1.27
                 Memory: 256
                 LogConfiguration:
                   LogDriver: awslogs
                   Options:
                     awslogs-region: !Ref AWS::Region
      -              awslogs-group: !Sub "/shop/${AWS::StackName}"
      +              awslogs-group: !Ref Logs
         Web:
           Type: AWS::ECS::Service
           Properties: {TaskDefinition: !Ref WebTask}
      """),
    cdk: """
      `ecs.LogDrivers.awsLogs({logGroup, …})` refers to the log group, which orders the two. For a name that is written out:

      ```ts
      service.node.defaultChild!.node.addDependency(logGroup);
      ```
      """,
    urgency: """
      Where the service or the log group is created by the deployment. If both are there already, only a first deployment
      elsewhere runs into it. Writing `Ref` in place of an equal text changes nothing for tasks that run.

      It is a *notice* where the service waits for a load balancer, a database or the program of a custom resource that is
      created with it: those take longer, so that the log group is nearly always there first.
      """,
    cost: """
      Nothing: a log group is there at once.
      """,
    falseAlarms: """
      Names are compared as CloudFormation will see them, and only whole names that are equal count. With
      `awslogs-create-group` the driver makes the log group itself. Other drivers are left alone, and so is a log group of
      another template.
      """,
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
      "https://github.com/aws-samples/ecs-refarch-cloudformation/pull/74",
      "https://github.com/muccg/rdrf/issues/617",
      "https://github.com/cn-terraform/terraform-aws-ecs-fargate-task-definition/issues/1",
    ])
}

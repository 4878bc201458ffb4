import Diagnostics
import Services

/// A task that mounts a file system whose mount targets may come after it. Until they are there, the name of the file system
/// does not resolve.
///
/// https://github.com/aws/aws-cdk/issues/8417
struct MountTargetNotAwaited: NeedRule {
  static let kind = Need.Kind.mountTarget
  static let description = RuleDescription(
    id: "mount-target-not-awaited", severity: .warning, group: .startup,
    summary: "an EFS file system whose mount targets the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .cannotMount(unmet), uses: .mounts(unmet.need), gives: { .isTarget($0, unmet.need) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cannotMount(_ unmet: UnmetNeed) -> Self {
    let service = unmet.need.service.logicalID
    return """
      \(service) may start before \(unmet.names) of the file system \(unmet.need.subject ?? ""): its tasks fail with \
      "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes" until the name of the file \
      system resolves
      """
  }

  fileprivate static func mounts(_ need: Need) -> Self {
    "the task of \(need.service.logicalID) mounts \(need.subject ?? "") here"
  }

  fileprivate static func isTarget(_ provider: Need.Provider, _ need: Need) -> Self {
    "\(provider.name) is a mount target of \(need.subject ?? "")"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(fileSystem.mountTargetsAvailable)"
}

extension MountTargetNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service whose task definition has a volume on an EFS file system (`EFSVolumeConfiguration`), where mount targets of
      that file system stand in the same template and the service does not wait for all of them. The task names the file
      system alone, so `Ref` leads to that and not to its mount targets. Which of them a task will use depends on the subnet it
      is put in, hence all count; several of one file system are one finding.
      """,
    effect: """
      CloudFormation starts the service when the file system is there, which is before its mount targets are. Tasks that start
      by then stop with `ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed
      to resolve "fs-….efs.….amazonaws.com"`. ECS starts others; after some failed tasks it heals, or the deployment circuit
      breaker gives the deployment up.
      """,
    example: .template(
      """
       Parameters:
         Subnet: {Type: "AWS::EC2::Subnet::Id"}
       Resources:
         Files:
           Type: AWS::EFS::FileSystem
         MountTarget:
           Type: AWS::EFS::MountTarget
           Properties:
             FileSystemId: !Ref Files
             SubnetId: !Ref Subnet
             SecurityGroups: []
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             Volumes: [{Name: data, EFSVolumeConfiguration: {FilesystemId: !Ref Files}}]
             ContainerDefinitions:
               - Name: wiki
                 Image: example/wiki:2
                 MountPoints: [{SourceVolume: data, ContainerPath: /data}]
         Wiki:
           Type: AWS::ECS::Service
      +    DependsOn: [MountTarget]
           Properties:
             TaskDefinition: !Ref Task
      """),
    cdk: """
      A plain CDK app has no such dependency. With your variables for the service and the file system:

      ```ts
      service.node.defaultChild!.node.addDependency(fileSystem.mountTargetsAvailable);
      ```

      On `defaultChild` only the `CfnService` waits. `service.node.addDependency(fileSystem.mountTargetsAvailable)` lets the
      security group of the service wait too, which closes a circle where the file system uses that group.
      """,
    urgency: """
      When the service, the file system or a mount target is new in the change. Once the mount targets are there, updates do not
      run into it.

      It is a *notice* where the service waits for a custom resource, or an instance with a `CreationPolicy`, that is given the
      file system: such a program often waits for it, or mounts it. It is one, too, where the service waits for a database
      instance or a cache that is created with it, which takes longer than mount targets do.
      """,
    cost: """
      A mount target takes a minute or two, by which the service starts later; failed tasks take no less.
      """,
    falseAlarms: """
      A file system that is given to the template or imported is left alone: its mount targets were there before. A volume that
      a task has only under a condition counts only there. Mount targets of another stack are left to the order of the stacks.
      """,
    sources: [
      "https://github.com/aws/aws-cdk/issues/8417",
      "https://github.com/rileydakota/valheim-ecs-fargate-cdk/issues/28",
      "https://github.com/widdix/aws-cf-templates/pull/480",
      "https://github.com/hardfinhq/terraform-aws-tailscale-subnet-router/pull/11",
    ])
}

import Diagnostics
import Services

/// A service on container instances that may start before the Auto Scaling group that gives them. It comes right by itself
/// when they have joined, hence off.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
struct InstancesNotAwaited: NeedRule {
  static let kind = Need.Kind.instances
  static let description = RuleDescription(
    id: "instances-not-awaited", severity: nil, group: .startup,
    summary: "an Auto Scaling group whose instances the service runs on, and which it does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      .init(message: .hasNoInstances(unmet), uses: .runsInCluster(unmet.need), gives: { .joins($0) }, cdk: .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoInstances(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before \(unmet.names), whose instances it runs on: until they have joined the \
    cluster, ECS says that it "was unable to place a task because no container instance met all of its requirements"
    """
  }

  fileprivate static func runsInCluster(_ need: Need) -> Self {
    "\(need.service.logicalID) runs on the instances of this cluster"
  }

  fileprivate static func joins(_ provider: Need.Provider) -> Self {
    "\(provider.name) gives the cluster instances"
  }
}

extension AppCode {
  fileprivate static let wait: Self = "service.node.defaultChild!.node.addDependency(autoScalingGroup)"
}

extension InstancesNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service with the launch type EC2, or without launch type and capacity provider, in a cluster that instances of the same
      template join: those of an Auto Scaling group whose launch template or launch configuration names the cluster. One such
      group that is there in every deployment with the service is enough.
      """,
    effect: """
      ECS finds nowhere to put the tasks: `service … was unable to place a task because no container instance met all of its
      requirements. Reason: No Container Instances were found in your cluster.` It tries again and comes right when the
      instances have joined. When the stack is deleted without that order, the instances may go first, and the service with its
      tasks after them.
      """,
    example: .template(
      """
       Parameters:
         Image: {Type: "AWS::EC2::Image::Id"}
         Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}
       Resources:
         Cluster:
           Type: AWS::ECS::Cluster
         Launch:
           Type: AWS::EC2::LaunchTemplate
           Properties:
             LaunchTemplateData:
               ImageId: !Ref Image
               InstanceType: t3.small
               UserData: {"Fn::Base64": !Sub "#!/bin/sh\\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config"}
         Instances:
           Type: AWS::AutoScaling::AutoScalingGroup
           Properties:
             MinSize: "1"
             MaxSize: "2"
             VPCZoneIdentifier: !Ref Subnets
             LaunchTemplate: {LaunchTemplateId: !Ref Launch, Version: !GetAtt Launch.LatestVersionNumber}
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             ContainerDefinitions: [{Name: jobs, Image: "example/jobs:2", Memory: 128}]
         Jobs:
           Type: AWS::ECS::Service
      +    DependsOn: [Instances]
           Properties:
             Cluster: !Ref Cluster
             LaunchType: EC2
             TaskDefinition: !Ref Task
      """),
    cdk: """
      With your variables for the service and the Auto Scaling group:

      ```ts
      service.node.defaultChild!.node.addDependency(autoScalingGroup);
      ```
      """,
    urgency: """
      On a first deployment, where it makes noise and heals by itself; that is why the rule is off until you ask for it.
      """,
    cost: """
      The service waits until the Auto Scaling group is created, and with a `CreationPolicy` until its instances have signalled.
      """,
    falseAlarms: """
      Services on Fargate, EXTERNAL or capacity providers are left alone, and so is an Auto Scaling group of which nothing shows
      that its instances join the cluster: plain web servers, the instances of another cluster.
      """,
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
      "https://github.com/aws/aws-cdk/issues/14108",
      "https://github.com/Bayer-Group/cloudformation-template-generator/issues/151",
    ])
}

import Diagnostics
import Services

/// A service whose subnets may get their way out after its first tasks. Those that start too early fail, later ones do not,
/// hence off.
///
/// https://github.com/docker-archive/compose-cli/issues/911
struct RouteNotAwaited: NeedRule {
  static let kind = Need.Kind.route
  static let description = RuleDescription(
    id: "route-not-awaited", severity: nil, group: .startup,
    summary: "routes or VPC endpoints by which tasks pull their image, and which the service does not wait for")

  func check(_ change: Change) -> [Diagnostic] {
    NeedDiagnostics(change, for: self).all { unmet in
      let isEndpoint = unmet.missing.allSatisfy { change.new.group[$0.id].type == "AWS::EC2::VPCEndpoint" }
      return .init(
        message: .hasNoWay(unmet), uses: .runsInSubnets(unmet.need), gives: { .isWay($0) },
        cdk: isEndpoint ? .waitForEndpoints : .wait)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hasNoWay(_ unmet: UnmetNeed) -> Self {
    """
    \(unmet.need.service.logicalID) may start before its subnets have their way out by \(unmet.names): its first tasks may \
    fail with "CannotPullContainerError" or "ResourceInitializationError: unable to pull secrets or registry auth"
    """
  }

  fileprivate static func runsInSubnets(_ need: Need) -> Self {
    "the tasks of \(need.service.logicalID) run in these subnets"
  }

  fileprivate static func isWay(_ provider: Need.Provider) -> Self {
    "\(provider.name) is a part of their way out"
  }
}

extension AppCode {
  fileprivate static let wait: Self =
    "service.node.defaultChild!.node.addDependency(vpc.selectSubnets(subnets).internetConnectivityEstablished)"

  fileprivate static let waitForEndpoints: Self =
    "service.node.defaultChild!.node.addDependency(endpoint)"
}

extension RouteNotAwaited {
  static let manual = RuleManual(
    finds: """
      A service in subnets of the same template (`AwsvpcConfiguration`) that does not wait for the default route of their
      route table (`0.0.0.0/0` or `::/0`, to a NAT or internet gateway) and for the association of that table with the
      subnet. For subnets without a default route in the template, the VPC endpoints of their VPC count instead by which an
      image is pulled and logs are written: `ecr.api`, `ecr.dkr`, `s3` and `logs`. All of it together is one finding for
      each service.
      """,
    effect: """
      A subnet exists before anything leads out of it. Tasks that start by then cannot reach the registry:
      `CannotPullContainerError`, or `ResourceInitializationError: unable to pull secrets or registry auth … connection issue
      between the task and Amazon ECR`. ECS starts others; the first launch fails, the second works.
      """,
    example: .template(
      """
       Parameters:
         Gateway: {Type: String}
       Resources:
         Network:
           Type: AWS::EC2::VPC
           Properties: {CidrBlock: 10.0.0.0/16}
         Subnet:
           Type: AWS::EC2::Subnet
           Properties: {VpcId: !Ref Network, CidrBlock: 10.0.0.0/24}
         Routes:
           Type: AWS::EC2::RouteTable
           Properties: {VpcId: !Ref Network}
         Association:
           Type: AWS::EC2::SubnetRouteTableAssociation
           Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Routes}
         Route:
           Type: AWS::EC2::Route
           Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
         Task:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions: [{Name: jobs, Image: "example/jobs:2"}]
         Jobs:
           Type: AWS::ECS::Service
      +    DependsOn: [Association, Route]
           Properties:
             TaskDefinition: !Ref Task
             NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref Subnet]}}
      """),
    cdk: """
      With your variables, and the selection of subnets that the service has (`vpcSubnets`):

      ```ts
      service.node.defaultChild!.node.addDependency(vpc.selectSubnets(subnets).internetConnectivityEstablished);
      ```

      `vpc.internetConnectivityEstablished` is less: for private subnets it leads to the internet gateway and not to their
      routes. For endpoints it is `service.node.defaultChild!.node.addDependency(endpoint)` with each of them.
      """,
    urgency: """
      On a first deployment of the network, where some tasks fail and later ones do not; that is why the rule is off until you
      ask for it. A deployment circuit breaker may count the failed tasks.
      """,
    cost: """
      The service starts after the NAT gateway is there, which takes a few minutes, and which its tasks need anyway.
      """,
    falseAlarms: """
      Subnets that are given to the template or imported are left alone, and so are tasks with the network of their instance.
      Where a default route is there, endpoints are a shorter way and not the only one. An image that needs no network is not
      known to any template.
      """,
    sources: [
      "https://github.com/docker-archive/compose-cli/issues/911",
      "https://github.com/aws/integrations-on-dotnet-aspire-for-aws/pull/200",
      "https://github.com/aws/aws-cdk/pull/21495",
      "https://github.com/aws/aws-cdk/issues/20548",
    ])
}

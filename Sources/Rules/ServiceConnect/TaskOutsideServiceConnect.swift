import Deployment
import Diagnostics
import Services

/// A task that a schedule, a rule or a state machine runs and that names an endpoint: only tasks of services are in Service
/// Connect.
///
/// https://github.com/aws/containers-roadmap/issues/2610
struct TaskOutsideServiceConnect: Rule {
  static let description = RuleDescription(
    id: "task-outside-service-connect", severity: .error, group: .serviceConnect,
    summary: "a scheduled or standalone task that names an endpoint of Service Connect")

  func check(_ change: Change) -> [Diagnostic] {
    let findings = FailedLookupFinding.all(.notConnected, in: change).filter { $0.client.service == nil }
    let tasks = Set(change.new.services.compactMap { $0.taskDefinition?.id })
    return findings.compactMap { finding in
      guard let server = finding.server, let runners = change.new.taskRunners[finding.client.id] else { return nil }
      // A task that a service runs too may read the variable in the service alone.
      let isShared = tasks.contains(finding.client.id)
      let isSure = !isShared && !finding.lookup.mayBeInDNS && finding.client.id.stack == server.id.stack
      let names = runners.map { change.new.group[$0].logicalID }
      let notes = zip(runners, names).map { runner, name in
        Diagnostic.Note(.runs(name, finding.client), at: change.new.group.location(of: runner))
      }
      return finding.diagnostic(
        Self.description, isSure ? .error : .warning, .neverResolves(finding, server, names),
        notes: notes + finding.notes, fix: .otherWays(finding.client, server))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func neverResolves(
    _ finding: FailedLookupFinding, _ server: Service, _ runners: [String]
  ) -> Self {
    """
    tasks of \(finding.client.logicalID) that \(runners[0]) runs are in no service, and only services are in Service \
    Connect: they will never resolve \(finding.lookup.display) of \(server.logicalID) (getaddrinfo ENOTFOUND \
    \(finding.lookup.host))
    """
  }

  fileprivate static func runs(_ runner: String, _ client: FailedLookupFinding.Client) -> Self {
    "\(runner) runs \(client.logicalID) without a service"
  }

  fileprivate static func otherWays(_ client: FailedLookupFinding.Client, _ server: Service) -> Self {
    """
    let \(client.logicalID) call \(server.logicalID) by a load balancer or by Cloud Map DNS (ServiceRegistries), or run \
    it as a service with Service Connect
    """
  }
}

extension TaskOutsideServiceConnect {
  static let manual = RuleManual(
    finds: """
      A task definition that an `AWS::Events::Rule`, an `AWS::Scheduler::Schedule`, a pipe, a state machine with
      `ecs:runTask` or a custom resource with `runTask` runs, and whose texts name an endpoint that a service publishes by
      Service Connect.
      """,
    effect: """
      Service Connect is a part of services. A task that is run alone gets no proxy and no entries in `/etc/hosts`, so the
      name never resolves: `getaddrinfo ENOTFOUND api`, `Could not resolve host`. Lambda functions cannot use the names
      either.
      """,
    example: .template(
      """
       Resources:
         Namespace:
           Type: AWS::ServiceDiscovery::HttpNamespace
           Properties: {Name: shop}
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: api
                 Image: example/api:1
                 PortMappings: [{Name: api, ContainerPort: 8080}]
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: !GetAtt Namespace.Arn
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 8080}]}]
         ReportTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: report
                 Image: example/report:1
      -          Environment: [{Name: API_URL, Value: "http://api:8080"}]
      +          Environment: [{Name: API_URL, Value: "https://api.internal.example.com"}]
         Nightly:
           Type: AWS::Scheduler::Schedule
           Properties:
             ScheduleExpression: cron(0 3 * * ? *)
             FlexibleTimeWindow: {Mode: "OFF"}
             Target:
               Arn: arn:aws:ecs:eu-west-1:111122223333:cluster/shop
               RoleArn: arn:aws:iam::111122223333:role/nightly
               EcsParameters: {TaskDefinitionArn: !Ref ReportTask}
      """),
    urgency: """
      Each run of the task fails where it calls the server, whenever that is. It is an *error*; a *warning* where a
      service runs the same task definition too, so that the text may be meant for the service alone, where the server
      stands in another stack, or where a Cloud Map service of the templates has a name like it.
      """,
    cost: """
      An internal load balancer costs money by the hour. Cloud Map DNS costs little, and a service may have both:
      `ServiceRegistries` for callers outside of Service Connect, and its endpoint for the others.
      """,
    falseAlarms: """
      A task definition that nothing in the templates runs is not judged, for a service elsewhere may run it. Rules and
      schedules that are switched off are left out, and so are names that Cloud Map, Route 53 or App Mesh have in the
      templates, and names of other containers of the task.
      """,
    sources: [
      "https://github.com/aws/containers-roadmap/issues/2610", "https://github.com/aws/containers-roadmap/issues/2344",
      "https://github.com/pulumi/pulumi-aws/issues/4380",
    ])
}

import Diagnostics

/// A suppression that silences nothing. Whether one is of use only a look at everything tells.
struct UnusedSuppression: Rule {
  static let description = RuleDescription(
    id: "unused-suppression", severity: .warning, group: .template,
    summary: "a suppression that matches nothing, told with --all", subject: .suppressions)

  func check(_ change: Change) -> [Diagnostic] {
    change.idleSuppressions.compactMap { suppression in
      if case .expired = suppression.cause { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .silencesNothing(suppression), at: suppression.location,
        identity: suppression.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func silencesNothing(_ suppression: IdleSuppression) -> Self {
    if case .faulty(let fault) = suppression.cause {
      return "the suppression\(suppression.phrase) does not count: \(fault)"
    }
    return "the suppression\(suppression.phrase) matches nothing and can be removed"
  }
}

extension UnusedSuppression {
  static let manual = RuleManual(
    finds: """
      A suppression, in the configuration, in a resource's metadata or in a comment, that silences nothing, or that does
      not count: it gives no reason, names a rule that does not exist, or has a broken date. Told only with `--all`, since
      a look at a part of the services cannot know what the rest is suppressed for.
      """,
    effect: """
      Nothing goes wrong in AWS. But what silences nothing today silences the next fault of that name, about which nobody
      has thought; and a suppression with a slip in it silences nothing although somebody relies on it.
      """,
    example: .template(
      """
       Resources:
         ApiTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: api, Image: "api:1", PortMappings: [{Name: api, ContainerPort: 8080}]}
         Api:
           Type: AWS::ECS::Service
           Properties:
             TaskDefinition: !Ref ApiTask
             ServiceConnectConfiguration:
               Enabled: true
               Namespace: shop
               Services: [{PortName: api, ClientAliases: [{DnsName: api, Port: 80}]}]
         WebTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - {Name: web, Image: "web:1", Environment: [{Name: API_URL, Value: "http://api"}]}
         Web:
           Type: AWS::ECS::Service
           DependsOn: [Api]
      -    Metadata:
      -      Precede:
      -        Suppress: [{Rule: client-before-server, Server: Api, Reason: the pipeline deploys Web twice}]
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      """),
    urgency: """
      No. Put right what does not count, remove what is not needed.
      """,
    cost: """
      Nothing. What is meant for one move and no longer may be given a last day (`until`) when it is written; then it asks
      to be looked at by itself ([expired-suppression](expired-suppression.md)).
      """,
    falseAlarms: """
      A suppression of a rule that is off, or of one that needs the side before the change, is not told: that rule did not
      run, or not on two sides. One that is about something only a part of the run could show is not told either, unless
      it stands in a template that was looked at.
      """,
    sources: [])
}

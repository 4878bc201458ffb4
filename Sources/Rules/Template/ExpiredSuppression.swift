import Diagnostics

/// A suppression whose day has come: what it silenced is reported again, and this says why.
struct ExpiredSuppression: Rule {
  static let description = RuleDescription(
    id: "expired-suppression", severity: .warning, group: .template,
    summary: "a suppression that is past its date, of something that is still there", subject: .suppressions)

  func check(_ change: Change) -> [Diagnostic] {
    change.idleSuppressions.compactMap { suppression in
      guard case .expired(let day) = suppression.cause else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .warning, .ended(suppression, on: day), at: suppression.location,
        fix: Fix(summary: "\(Diagnostic.Message.decide)"), identity: suppression.identity)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func ended(_ suppression: IdleSuppression, on day: String) -> Self {
    "the suppression\(suppression.phrase) ended on \(day), and what it silenced is still there"
  }

  fileprivate static var decide: Self { "put right what it silenced, or give the suppression a later date" }
}

extension ExpiredSuppression {
  static let manual = RuleManual(
    finds: """
      A suppression whose last day (`until` in the configuration, `Until` in a resource's metadata) is over, while what
      it silenced is still there. Days are compared in UTC; the suppression counts on its last day.
      """,
    effect: """
      What was silenced is reported again, at its own place and severity, and may end the run with exit status 1. This
      warning stands beside it and says why that happens today, in a change that did not touch it.
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
      +    DependsOn: [Api]
      -    Metadata:
      -      Precede:
      -        Suppress:
      -          - {Rule: client-before-server, Server: Api, Reason: waits for the move, Until: "2026-01-31"}
           Properties:
             TaskDefinition: !Ref WebTask
             ServiceConnectConfiguration: {Enabled: true, Namespace: shop}
      """),
    urgency: """
      As much as what was silenced does: look at the finding beside it.
      """,
    cost: """
      The fix of that finding, or a new date. A later date is honest where the reason still holds; a suppression without a
      date is for what stays as it is on purpose.
      """,
    falseAlarms: """
      An old date on something that is no longer there is not told here; with `--all` it is
      [unused-suppression](unused-suppression.md). In a change it is told only where the pair in question was judged.
      """,
    sources: [])
}

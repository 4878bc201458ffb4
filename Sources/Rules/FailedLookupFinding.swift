import Deployment
import Diagnostics
import Services
import Templates

/// A lookup of an affected client that fails, with what diagnostics about it say.
struct FailedLookupFinding {
  let lookup: FailedLookup
  let client: Client
  /// What is meant, and the service that publishes it; `nil` where nothing is.
  let server: Service?

  /// Who looks up: a service, or a task that no service runs.
  struct Client {
    let id: ResourceID
    let logicalID: String
    let path: Path
    let location: Location
    let construct: String?
    let service: Service?
  }

  /// Those of one cause that concern an affected service, or a task that looks a name up since the change. What the change
  /// takes away from a client that found it before is left to the rules about that.
  static func all(_ cause: FailedLookup.Cause, in change: Change) -> [FailedLookupFinding] {
    let lookups = change.new.failedLookups.filter { $0.cause == cause }
    guard !lookups.isEmpty else { return [] }
    let past = FormerNames(change.old)
    return lookups.compactMap { lookup in
      let finding = FailedLookupFinding(lookup, in: change.new)
      let ends = [finding.client.service, finding.server].compactMap { $0?.name }
      let isNewTask = finding.client.service == nil && past.lacks(finding)
      guard isNewTask || ends.contains(where: change.affected.contains) else { return nil }
      return cause != .notConnected && past.resolved(finding) ? nil : finding
    }
  }

  init(_ lookup: FailedLookup, in model: ServiceModel) {
    let group = model.group
    let resource = group[lookup.client]
    let path = group.template(of: lookup.client).path
    self.lookup = lookup
    client = Client(
      id: lookup.client, logicalID: resource.logicalID, path: path, location: group.location(of: lookup.client),
      construct: group.stacks[lookup.client.stack].constructPath(of: resource),
      service: resource.type == "AWS::ECS::Service" ? model[lookup.client] : nil)
    server = lookup.endpoint.map { model[$0.server] }
  }

  /// The places that name the host, then the server.
  var notes: [Diagnostic.Note] {
    lookup.evidence.map { .init(.names($0, lookup.display), at: $0.location) }
      + [server.map { .init(.declared($0), at: $0.location) }].compactMap(\.self)
  }

  /// What makes a diagnostic about it the same in another revision.
  var identity: [String] {
    [client.path.description, client.logicalID]
      + (server.map { [$0.name.path.description, $0.logicalID] } ?? []) + [lookup.display]
  }

  func diagnostic(
    _ rule: RuleDescription, _ severity: Severity, _ message: Diagnostic.Message, notes: [Diagnostic.Note]? = nil,
    fix: Diagnostic.Message
  ) -> Diagnostic {
    Diagnostic(
      rule: rule.id, severity: severity, message, at: client.location, service: client.service?.logicalID,
      construct: client.construct, notes: notes ?? self.notes, fix: Fix(summary: "\(fix)"), identity: identity)
  }
}

/// What the clients of the old side resolved, and what they did not, by names that outlive a revision.
private struct FormerNames {
  private var resolved: Set<[String]> = []
  private var failed: Set<[String]> = []
  private let isThere: Bool

  init(_ old: ServiceModel?) {
    isThere = old != nil
    guard let old else { return }
    for connection in old.connections where connection.needsOrder {
      let client = old[connection.client].name
      resolved.insert([client.path.description, client.logicalID, connection.endpoint.display])
      resolved.insert([client.path.description, client.logicalID, connection.endpoint.shownHost])
    }
    for lookup in old.failedLookups { failed.insert(FailedLookupFinding(lookup, in: old).identity) }
  }

  /// Whether the client found the very host and port before, so that the change took it away.
  func resolved(_ finding: FailedLookupFinding) -> Bool {
    resolved.contains([finding.client.path.description, finding.client.logicalID, finding.lookup.display])
  }

  /// Whether the old side did not have the lookup.
  func lacks(_ finding: FailedLookupFinding) -> Bool { isThere && !failed.contains(finding.identity) }
}

extension Endpoint {
  /// The host for people, without the port.
  fileprivate var shownHost: String { port.map { String(display.dropLast("\($0)".count + 1)) } ?? display }
}

extension Diagnostic.Message {
  fileprivate static func names(_ evidence: Evidence, _ name: String) -> Self {
    "\(evidence.subject) names \(name) here"
  }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }
}

import Diagnostics
import Services

extension Change {
  /// The affected services, in the order of the source.
  var affectedServices: [Service] { new.services.filter { affected.contains($0.name) } }

  /// Those of them that are in Service Connect.
  var affectedConnectServices: [Service] { affectedServices.filter { $0.connect != nil } }
}

extension Diagnostic {
  /// A diagnostic that stands at a service.
  ///
  /// - Parameter identity: what tells it from others of the rule about the same service.
  init(
    rule: RuleDescription, severity: Severity, _ message: Message, of service: Service, notes: [Note] = [],
    fix: Fix? = nil, identity: [String] = []
  ) {
    self.init(
      rule: rule.id, severity: severity, message, at: service.location, service: service.logicalID,
      construct: service.constructPath, notes: notes, fix: fix,
      identity: [service.name.path.description, service.logicalID] + identity)
  }
}

import Diagnostics
import Services

/// A server that moves to another namespace while a client stays: names resolve only within one namespace. A changed
/// default of a cluster moves new services only.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
struct NamespaceChanged: Rule {
  static let description = RuleDescription(
    id: "namespace-changed", severity: .error, group: .serviceConnect,
    summary: "a server or the default of its cluster moves to another namespace, and a client stays", needsOldSide: true
  )

  func check(_ change: Change) -> [Diagnostic] {
    guard let old = change.old else { return [] }
    return moved(change, old) + left(change, old)
  }

  /// A new service joins the new default of its cluster, and the other end was created in the old one.
  private func left(_ change: Change, _ old: ServiceModel) -> [Diagnostic] {
    change.pairs.compactMap { pair in
      let ends = [pair.client, pair.server]
      let former = ends.compactMap { service -> String? in
        guard service.connect?.isInherited ?? false, let before = old[service.name]?.connect, before.isInherited,
          before.namespaceName != service.connect?.namespaceName
        else { return nil }
        return before.namespaceName
      }
      guard former.count == 1, let namespace = former.first else { return nil }
      let notes = PairNotes(pair: pair)
      return Diagnostic(
        rule: Self.description.id, severity: .error, .staysBehind(pair, namespace), at: pair.client.location,
        service: pair.client.logicalID, construct: pair.client.constructPath, notes: notes.evidence + [notes.server],
        fix: Fix(summary: "\(Diagnostic.Message.together)"), identity: pair.identity)
    }
  }

  /// Client and server had one namespace and now have two.
  private func moved(_ change: Change, _ old: ServiceModel) -> [Diagnostic] {
    let lookup = FormerLookup(change.new)
    return old.connections.filter(\.needsOrder).compactMap { connection -> Diagnostic? in
      guard let client = change.new[old[connection.client].name], let server = change.new[old[connection.server].name],
        let clientNamespace = client.connect?.namespace, let serverNamespace = server.connect?.namespace,
        clientNamespace != .unknown, serverNamespace != .unknown, clientNamespace != serverNamespace,
        server.connect?.endpoints.contains(where: { $0.display == connection.endpoint.display }) ?? false
      else { return nil }
      let evidence = lookup.evidence(of: client, for: connection.endpoint)
      guard !evidence.isEmpty else { return nil }
      return Diagnostic(
        rule: Self.description.id, severity: .error, .apart(client, server, connection.endpoint), at: client.location,
        service: client.logicalID, construct: client.constructPath,
        notes: evidence.map { .init(.names($0), at: $0.location) } + [.init(.declared(server), at: server.location)],
        fix: Fix(summary: "\(Diagnostic.Message.together)"),
        identity: [
          client.name.path.description, client.logicalID, server.name.path.description, server.logicalID,
          connection.endpoint.display,
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func apart(_ client: Service, _ server: Service, _ endpoint: Endpoint) -> Self {
    """
    \(client.logicalID) and \(server.logicalID) are no longer in one namespace: after their next deployments tasks of \
    \(client.logicalID) will not resolve \(endpoint.display)
    """
  }

  fileprivate static func staysBehind(_ pair: Pair, _ namespace: String) -> Self {
    """
    the default namespace of the cluster changes, which moves new services only: one of \(pair.client.logicalID) and \
    \(pair.server.logicalID) stays in \(namespace), so tasks of \(pair.client.logicalID) will not resolve \
    \(pair.endpoint.display)
    """
  }

  fileprivate static func names(_ evidence: Evidence) -> Self { "\(evidence.subject) names the endpoint here" }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }

  fileprivate static var together: Self { "move both to the namespace, each with its own `Namespace`" }
}

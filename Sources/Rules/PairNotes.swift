import Deployment
import Diagnostics
import Services
import Templates

/// The notes that show a pair: what names the endpoint, and where the server is.
struct PairNotes {
  let pair: Pair

  var evidence: [Diagnostic.Note] {
    var seen: Set<Location> = []
    return pair.connections.flatMap(\.evidence).filter { $0.strength > .weak && seen.insert($0.location).inserted }
      .map { Diagnostic.Note(.shows($0), at: $0.location) }
  }

  var server: Diagnostic.Note { Diagnostic.Note(.declared(pair.server), at: pair.server.location) }
}

/// The notes that show a way through the resource graph: each step with the place that makes it.
struct WaitNotes {
  let path: [Dependency]
  let template: Template

  var notes: [Diagnostic.Note] {
    path.map { step in
      let names = [step.from, step.to].map { template.resources[$0].logicalID }
      return .init(.waits(names[0], names[1], step.kind), at: template.location(of: step.range))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func waits(_ from: String, _ to: String, _ kind: Dependency.Kind) -> Self {
    "\(from) waits for \(to) by \(kind.function) here"
  }

  fileprivate static func shows(_ evidence: Evidence) -> Self {
    switch evidence.kind {
    case .metadata: "the connection is declared here"
    case .declared: "the configuration declares the connection"
    default: "\(evidence.subject) names the endpoint here"
    }
  }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }
}

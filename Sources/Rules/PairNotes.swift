import Diagnostics
import Services

/// The notes that show a pair: what names the endpoint, and where the server is.
struct PairNotes {
  let pair: Pair

  var evidence: [Diagnostic.Note] {
    var seen: Set<Location> = []
    return pair.connections.flatMap(\.evidence).filter { $0.strength > .weak && seen.insert($0.location).inserted }
      .map { Diagnostic.Note(.names($0.subject), at: $0.location) }
  }

  var server: Diagnostic.Note { Diagnostic.Note(.declared(pair.server), at: pair.server.location) }
}

extension Diagnostic.Message {
  fileprivate static func names(_ subject: String) -> Self { "\(subject) names the endpoint here" }

  fileprivate static func declared(_ server: Service) -> Self { "\(server.logicalID) is declared here" }
}

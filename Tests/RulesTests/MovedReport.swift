import Diagnostics

extension Report {
  /// The report with every place so many lines further down.
  func moved(by lines: Int) -> Report {
    var report = self
    report.diagnostics = diagnostics.map { $0.moved(by: lines) }
    report.connections = connections.map { connection in
      var connection = connection
      for index in connection.evidence.indices { connection.evidence[index].location.move(by: lines) }
      return connection
    }
    return report
  }
}

extension Diagnostic {
  fileprivate func moved(by lines: Int) -> Diagnostic {
    var diagnostic = self
    diagnostic.location.move(by: lines)
    for index in notes.indices { diagnostic.notes[index].location.move(by: lines) }
    for index in fix?.edits.indices ?? 0..<0 { diagnostic.fix?.edits[index].range.move(by: lines) }
    diagnostic.fix?.statement?.provider.move(by: lines)
    return diagnostic
  }
}

extension Location {
  fileprivate mutating func move(by lines: Int) { range.move(by: lines) }
}

extension SourceRange {
  fileprivate mutating func move(by lines: Int) {
    start.line += lines
    end.line += lines
  }
}

import Diagnostics

extension Run {
  /// Shows what is about a resource of a CDK app where the app makes that, and writes fixes in the app's language. To be
  /// done when nothing is judged or left out by places any more.
  ///
  /// - Parameter filter: what the user asked for, out of which no place leads.
  func showSources(in report: inout Report, within filter: PathFilter) throws {
    guard let source = constructSource else { return }
    for index in report.diagnostics.indices {
      var diagnostic = report.diagnostics[index]
      try source.write(&diagnostic.fix, of: diagnostic)
      try source.place(&diagnostic, within: filter)
      report.diagnostics[index] = diagnostic
    }
    report.diagnostics.sort()
  }
}

extension ConstructSource {
  fileprivate func write(_ fix: inout Fix?, of diagnostic: Diagnostic) throws {
    guard let provider = fix?.statement?.provider else { return }
    let client = try making(at: diagnostic.location)
    let line = try client.flatMap { client in
      let other = try making(at: provider)
      return try other.flatMap { meeting(of: client, $0) } ?? self.line(of: client, apartFrom: [])
    }
    let language = try line.flatMap { AppLanguage(of: $0.path) } ?? language(ofAppOf: diagnostic.file)
    fix?.write(in: language ?? .typeScript, after: line)
  }

  fileprivate func place(_ diagnostic: inout Diagnostic, within filter: PathFilter) throws {
    guard let subject = try making(at: diagnostic.location) else { return }
    let others = try diagnostic.notes.compactMap { try making(at: $0.location) }
      .filter { $0.isOther(than: subject) }
    guard let line = try line(of: subject, apartFrom: others), filter.contains(line.path) else { return }
    for (index, note) in diagnostic.notes.enumerated() {
      guard let other = others.first(where: { $0.key == note.location }),
        let place = try self.line(of: other, apartFrom: [subject]), place != line, filter.contains(place.path)
      else { continue }
      diagnostic.notes[index].location = place
    }
    diagnostic.move(to: line)
  }
}

/// One thing that is wrong in what the user wrote.
package struct Diagnostic: Hashable, Sendable {
  /// The id of the rule that found it.
  package var rule: String
  package var severity: Severity
  package var status: Status
  package var message: Message
  /// The primary place: what must change, or a note's place on a line that a reviewer sees.
  package var location: Location
  /// The file that what must change is in.
  package let file: Path
  /// The logical ID of the service that must change; `nil` when the diagnostic is about none.
  package var service: String?
  /// The construct path of that service in a CDK app.
  package var construct: String?
  /// Other places that show why, in the order in which to read them.
  package var notes: [Note]
  package var fix: Fix?
  /// What makes it the same diagnostic in another revision: see `Fingerprint`. Never a line number.
  package var identity: [String]
  /// The rule and the identity.
  package var key: [String] { [rule] + identity }
  /// Stable across revisions; set for all diagnostics of a run together, since it counts repeats.
  package var fingerprint: String = ""
  /// The first commit of the range that has it; `nil` when nobody asked or none is known.
  package var introduction: Introduction?

  package init(
    rule: String, severity: Severity, _ message: Message, at location: Location, service: String? = nil,
    construct: String? = nil, notes: [Note] = [], fix: Fix? = nil, identity: [String]
  ) {
    self.rule = rule
    self.severity = severity
    self.status = .new
    self.message = message
    self.location = location
    file = location.path
    self.service = service
    self.construct = construct
    self.notes = notes
    self.fix = fix
    self.identity = identity
  }

  /// Whether the change brings the diagnostic in, or the old side had it already.
  package enum Status: String, Sendable {
    case new, existing
  }

  /// A commit that brought a diagnostic in.
  package struct Introduction: Hashable, Sendable {
    /// The object id.
    package var commit: String
    /// The first line of what the commit says.
    package var subject: String

    package init(commit: String, subject: String) {
      self.commit = commit
      self.subject = subject
    }
  }

  /// A second place that explains the first.
  package struct Note: Hashable, Sendable {
    package var message: Message
    package var location: Location

    package init(_ message: Message, at location: Location) {
      self.message = message
      self.location = location
    }
  }

  /// A sentence for people. Each rule declares its own, privately, at the foot of its file.
  package struct Message: Hashable, Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    package var text: String
    package init(stringLiteral value: String) { text = value }
    package var description: String { text }
  }
}

extension Diagnostic {
  /// Makes another place the primary one. The place before becomes a note, the first to read, unless one stands there.
  package mutating func lead(with place: Location) {
    if !notes.contains(where: { $0.location == location }) { notes.insert(Note(formerPlace, at: location), at: 0) }
    location = place
  }

  /// Makes the line of an app that makes what it is about the primary place, with what is said of that. The place in the
  /// template becomes a note.
  package mutating func move(to source: Location) {
    let template = Note(formerPlace, at: location)
    for index in notes.indices where notes[index].location == location { notes[index].location = source }
    notes.append(template)
    location = source
  }

  /// What to say of the primary place when it is one no more. A logical ID of JSON stands in quotes.
  private var formerPlace: Message {
    if let service, location.path != file { return "\(service) is made here" }
    guard let service, [service, "\"\(service)\""].contains(location.text) else { return "this is what it is about" }
    return "\(service) is declared here"
  }
}

extension Diagnostic: Comparable {
  /// By path, line, column and rule; then by what it says, so that the order never depends on the run.
  package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    if a.location.path != b.location.path || a.location.range.start != b.location.range.start {
      return a.location < b.location
    }
    return (a.rule, a.message.text) < (b.rule, b.message.text)
  }
}

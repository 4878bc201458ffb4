/// What to do about a diagnostic: a sentence with the text to paste, and edits where it can be done by machine.
package struct Fix: Hashable, Sendable {
  package var summary: String
  package var edits: [Edit]
  /// Why there are no edits, where the summary does not tell.
  package var obstacle: String?
  /// What the summary says, where it is about a CDK app.
  package var statement: Statement?

  package init(summary: String, edits: [Edit] = [], obstacle: String? = nil) {
    self.summary = summary
    self.edits = edits
    self.obstacle = obstacle
  }

  package init(_ statement: Statement) {
    self.init(summary: statement.summary(in: .typeScript, after: nil))
    self.statement = statement
  }

  /// Replace the range by the text; an empty range inserts.
  package struct Edit: Hashable, Sendable {
    package var path: Path
    package var range: SourceRange
    package var text: String
    /// The line on which the range begins, without its line break; `nil` when there is none to show.
    package var line: String?

    package init(path: Path, range: SourceRange, text: String, line: String? = nil) {
      self.path = path
      self.range = range
      self.text = text
      self.line = line
    }
  }

  /// What to add to a CDK app so that one construct waits for another.
  package struct Statement: Hashable, Sendable {
    /// What it is to do, a sentence up to "in the app".
    private let aim: String
    /// What is said of names in the code.
    private let names: String
    private let code: [AppCode]
    /// The logical ID of what is waited for, in its template.
    package var provider: Location

    package init(_ aim: Diagnostic.Message, _ names: String, _ code: AppCode..., waitingFor provider: Location) {
      self.aim = aim.text
      self.names = names
      self.code = code
      self.provider = provider
    }

    fileprivate func summary(in language: AppLanguage, after place: String?) -> String {
      let statements = code.map { "`\($0.text(in: language))`" }.joined(separator: " and ")
      return "\(aim)\(place.map { ", below \($0)" } ?? ""), \(names): \(statements)"
    }
  }

  /// Writes the summary for the app: in its language, and below the line that makes the latter of the two constructs.
  package mutating func write(in language: AppLanguage, after line: Location?) {
    guard let statement else { return }
    summary = statement.summary(in: language, after: line.map { "\($0.path):\($0.range.start.line)" })
  }
}

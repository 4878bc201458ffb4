package import Diagnostics

/// Logging commands of Azure Pipelines. It has no level for a notice, which is a plain line of the log.
///
/// https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
package struct AzureReporter: Reporter {
  package init() {}

  package func report(_ report: Report) -> String {
    report.shown.map { diagnostic in
      diagnostic.severity == .notice
        ? TextReporter().headline(of: diagnostic) + "\n" : command(for: diagnostic, in: report) + "\n"
    }.joined()
  }

  private func command(for diagnostic: Diagnostic, in report: Report) -> String {
    let location = diagnostic.location
    let message = GitHubMessage(diagnostic).description
    var properties = [("type", diagnostic.severity.rawValue)]
    var place = ""
    // What is no file of the repository is told in the message.
    if report.assembly(of: location.path) == nil {
      properties += [
        ("sourcepath", PathText(location.path).description), ("linenumber", "\(location.range.start.line)"),
        ("columnnumber", "\(location.range.start.column)"),
      ]
    } else {
      place = "\(Place(location)): "
    }
    properties.append(("code", diagnostic.rule))
    let list = properties.map { "\($0.0)=\(Self.escaped($0.1, by: Self.propertyEscapes));" }.joined()
    return "##vso[task.logissue \(list)]\(Self.escaped(place + message, by: Self.messageEscapes))"
  }

  // What the agent decodes: microsoft/azure-pipelines-task-lib `node/taskcommand.ts`.
  private static let messageEscapes: [Unicode.Scalar: String] = ["%": "%AZP25", "\r": "%0D", "\n": "%0A"]
  private static let propertyEscapes = messageEscapes.merging([";": "%3B", "]": "%5D"]) { first, _ in first }

  private static func escaped(_ text: String, by escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
  }
}

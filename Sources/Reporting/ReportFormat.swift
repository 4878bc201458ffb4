/// The formats of reports, by the user's word for them. Another format is one case here and one file.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, github, gitlab, sarif, json, junit, checkstyle, rdjsonl, markdown, azure
}

extension ReportFormat {
  /// Whether the format tells who connects to whom.
  package var tellsConnections: Bool { self == .json }

  package func reporter(for tool: Tool, style: TextStyle = .plain) -> any Reporter {
    switch self {
    case .text: TextReporter(style: style)
    case .github: GitHubReporter()
    case .gitlab: GitLabReporter()
    case .sarif: SARIFReporter(tool: tool)
    case .json: JSONReporter(tool: tool)
    case .junit: JUnitReporter()
    case .checkstyle: CheckstyleReporter()
    case .rdjsonl: RDJSONReporter(tool: tool)
    case .markdown: MarkdownReporter(tool: tool)
    case .azure: AzureReporter()
    }
  }
}

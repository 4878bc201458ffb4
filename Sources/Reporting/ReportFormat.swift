/// The formats of reports, by the user's word for them. Another format is one case here and one file.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, github, gitlab, json
}

extension ReportFormat {
  package func reporter(for tool: Tool, style: TextStyle = .plain) -> any Reporter {
    switch self {
    case .text: TextReporter(style: style)
    case .github: GitHubReporter()
    case .gitlab: GitLabReporter()
    case .json: JSONReporter(tool: tool)
    }
  }
}

import Drawing
import Linter
import Reporting

/// What GitHub shows on the page of a run: a table of what was found, with links, and a picture of the affected services.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
struct StepSummary {
  let outcome: Outcome
  let variables: [String: String]

  /// Adds to what other commands of the step have written.
  func append(in context: Context) throws {
    guard let path = variables["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    try OutputFile(path: path, directory: context.directory).write(text, appends: true)
  }

  private var text: String {
    let table = MarkdownReporter(tool: Precede.tool, files: files).report(outcome.report)
    guard let picture = ReportPicture(outcome.report).text else { return "\n" + table }
    return "\n" + table + "\n```mermaid\n" + picture + "```\n"
  }

  /// Where the files of the revision that was looked at can be read.
  private var files: String? {
    guard let server = variables["GITHUB_SERVER_URL"], let repository = variables["GITHUB_REPOSITORY"],
      outcome.report.scope.head.count >= 40
    else { return nil }
    return "\(server)/\(repository)/blob/\(outcome.report.scope.head)"
  }
}

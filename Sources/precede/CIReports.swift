import Linter
import Reporting

/// What a CI is given to show, where the user says nothing else.
extension ReportOptions {
  /// - Returns: the options with the formats of the service; annotations and reports that it takes by itself.
  func chosen(for service: CIRun.Service, in context: Context) -> ReportOptions {
    var options = self
    switch service {
    case .github:
      options.format = format ?? .github
      // GitHub closes the alerts that a report no longer has.
      options.report = report.map {
        $0.format == .sarif ? ReportFile(format: .sarif, path: $0.path, scope: .all) : $0
      }
    case .gitlab where !report.contains { $0.format == .gitlab }:
      // GitLab looks for artifacts below the top of the project, wherever the command was told to start.
      let folder = context.environment["CI_PROJECT_DIR"] ?? context.directory
      options.report.append(
        ReportFile(format: .gitlab, path: folder + "/gl-code-quality-report.json", scope: .all))
    case .gitlab, .azure, .bitbucket, .buildkite, .circle, .jenkins: break
    }
    return options
  }
}

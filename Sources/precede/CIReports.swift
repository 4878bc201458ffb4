import Linter
import Reporting

/// What a CI is given to show, where the user says nothing else.
extension ReportOptions {
  /// - Returns: the options with the formats of the service; annotations and reports that it takes by itself.
  func chosen(for service: CIRun.Service, in context: Context) -> ReportOptions {
    var options = self
    switch service {
    case .github: options.format = format ?? .github
    case .gitlab where !report.contains { $0.format == .gitlab }:
      // GitLab looks for artifacts below the top of the project, wherever the command was told to start.
      let folder = context.environment["CI_PROJECT_DIR"] ?? context.directory
      options.report.append(ReportFile(format: .gitlab, path: folder + "/gl-code-quality-report.json"))
    case .gitlab, .azure, .bitbucket, .buildkite, .circle, .jenkins: break
    }
    return options
  }

  /// The services that a file tells of. Who looks at reports of a CI compares them as a whole: GitLab calls fixed what one no
  /// longer has, and GitHub closes the alert.
  ///
  /// - Parameter service: the CI that it is written for.
  func scope(of file: ReportFile, for service: CIRun.Service?) -> ReportScope {
    reportScope ?? (service != nil && [.gitlab, .sarif].contains(file.format) ? .all : .affected)
  }
}

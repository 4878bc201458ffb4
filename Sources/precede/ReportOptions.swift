import ArgumentParser
import Linter
import Reporting

/// The options that say what to report and where to.
struct ReportOptions: ParsableArguments {
  @Option(help: "What goes to standard output; text, or with --ci what that CI shows.")
  var format: ReportFormat?

  @Option(
    help: ArgumentHelp("Also write a format to a file; may be repeated.", valueName: "format=file"),
    transform: ReportFile.init)
  var report: [ReportFile] = []

  @Option(
    help: """
      Which services the files of --report tell of: those that the change affects, or all. With --ci all without \
      it in the formats gitlab and sarif, since GitLab and GitHub compare whole reports.
      """)
  var reportScope: ReportScope?

  enum ReportScope: String, ExpressibleByArgument, CaseIterable {
    case affected, all
  }

  @Option(help: "The lowest severity that makes the exit status 1.")
  var failOn: FailOn = .error

  @Option(help: "What to do with diagnostics that the old side had already.")
  var existing: Existing = .hide

  @Flag(help: "In a range, name the first commit that has each new diagnostic.")
  var introduced = false

  @Option(help: "When to use colours; NO_COLOR and CLICOLOR_FORCE count.")
  var color: ColorChoice = .auto

  @Flag(help: "Only diagnostics.")
  var quiet = false

  @Flag(help: "Also what was read, skipped and why, and how long it took.")
  var verbose = false

  @Option(help: "Whether to tell on a terminal what a run of over half a second is doing.")
  var progress: ProgressChoice = .auto

  func validate() throws {
    let paths = report.map(\.path)
    if let path = paths.first(where: { path in paths.count { $0 == path } > 1 }) {
      throw ValidationError("two reports cannot go to one file, \(path)")
    }
  }

  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, notice, never
  }

  enum Existing: String, ExpressibleByArgument, CaseIterable {
    case hide, show, fail
  }

  enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, never
  }
}

extension ReportFormat: ExpressibleByArgument {}

extension ReportOptions {
  func progress(in context: Context) -> Progress? { quiet || progress == .never ? nil : context.progress }

  /// Whether any of the reports tells who connects to whom. GitHub's page shows it as a picture.
  func tellConnections(to service: CIRun.Service? = nil) -> Bool {
    service == .github || ([format ?? .text] + report.map(\.format)).contains(where: \.tellsConnections)
  }

  /// Writes the report everywhere it is wanted and gives the status of the run.
  ///
  /// - Parameter isHook: a hook says nothing when there is nothing to say.
  /// - Parameter service: the CI that the user wants to be told by.
  /// - Parameter whole: what there is to tell of all services.
  func publish(
    _ outcome: Outcome, isHook: Bool = false, in context: Context, for service: CIRun.Service? = nil,
    whole: () throws -> Outcome
  ) throws -> ExitStatus {
    var outcome = outcome
    outcome.report.showsExisting = existing != .hide
    let report = outcome.report
    let speaks = !quiet && (verbose || !isHook || !report.shown.isEmpty || outcome.suppressed > 0)
    if speaks { for occasion in outcome.occasions { context.tell(occasion) } }
    context.output((format ?? .text).reporter(for: Precede.tool, style: color.style(in: context)).report(report))
    lazy var wholeReport = Result { try whole().report }
    for file in self.report {
      let told = scope(of: file, for: service) == .all ? try wholeReport.get() : report
      let text = file.format.reporter(for: Precede.tool).report(told)
      try OutputFile(path: file.path, directory: context.directory).write(text)
    }
    if service == .github { try StepSummary(outcome: outcome, variables: context.environment).append(in: context) }
    if verbose { for detail in outcome.details { context.tell(detail) } }
    if verbose, context.waitingTime == nil { context.tell("took \(Elapsed(context.time))") }
    if speaks {
      let summary = Summary(of: report, suppressed: outcome.suppressed, duration: context.waitingTime)
      context.errors(summary.description)
    }
    if let missing = outcome.missingBase {
      context.tell("cannot \(missing.operation): \(missing.reason); everything was checked, and nothing fails")
      if let hint = missing.hint { context.tell(hint, as: "hint") }
      return .clean
    }
    return report.reaches(.init(rawValue: failOn.rawValue), existing: existing == .fail) ? .found : .clean
  }
}

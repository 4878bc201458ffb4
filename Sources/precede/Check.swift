import ArgumentParser
import Linter
import Reporting

/// `precede check`: looks at a change and reports.
struct Check: Command {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check what a change does to the order of services.",
    discussion: """
      Without revisions the work tree is compared with HEAD. A..B compares two commits, A...B what B adds to the merge \
      base, A the work tree with a commit. Behind -- stand files and folders, to which the report is narrowed.
      """)

  @Argument(help: ArgumentHelp("A revision or range, or files and folders.", valueName: "revisions-or-path"))
  var words: [String] = []

  @Flag(help: "What is about to be committed: the index against HEAD.")
  var staged = false

  @Flag(help: "Every template and every service, of the work tree or of a revision.")
  var all = false

  @Flag(help: "What the CI is about: a pull request, a push, a merge queue; it says which range that is and why.")
  var ci = false

  @Option(
    help: "What to do in a CI whose clone lacks the old side: fail, or check everything and let nothing fail.")
  var missingBase: MissingBaseChoice = .fail

  enum MissingBaseChoice: String, ExpressibleByArgument, CaseIterable {
    case fail
    case checkAll = "check-all"
  }

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  @OptionGroup var rules: RuleOptions

  @Option(help: ArgumentHelp("Write what is found to a file, so that it is known from now on.", valueName: "file"))
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp(
      "One of several parts, 2/8 for example, that together find what one run does: for a matrix of machines.",
      valueName: "k/n"))
  var shard: Shard?

  @OptionGroup var apps: AppOptions

  @OptionGroup var options: ReportOptions

  func validate() throws {
    if staged, all { throw ValidationError("--staged and --all cannot go together") }
    if ci, staged || all { throw ValidationError("--ci finds the range by itself, without --staged and --all") }
    if shard != nil, writeBaseline != nil {
      throw ValidationError("--write-baseline needs all that there is and not one shard")
    }
    if missingBase == .checkAll, !ci { throw ValidationError("--missing-base needs --ci") }
    if apps.assembly != nil, staged || all || ci {
      throw ValidationError("--assembly is compared with --base-assembly and not with git")
    }
  }

  func run(in context: Context) throws -> ExitStatus {
    let original = context
    let context = context.moved(to: folder)
    let linter = Linter(
      directory: context.directory, environment: context.environment, progress: options.progress(in: context))
    let target = try Target(words, paths: context.paths, linter)
    let run = ci ? try CIRun(environment: context.environment) : nil
    let options = run.map { self.options.chosen(for: $0.service, in: original) } ?? self.options
    let synth = apps.synthesis.command
    var settings = rules.settings(trusting: run?.isFromFork == true ? .base : .new)
    settings.writesBaseline = writeBaseline != nil
    settings.namesIntroductions = options.introduced
    settings.shard = shard
    settings.listsConnections = options.tellConnections(to: run?.service)
    settings.checksAllWithoutBase = missingBase == .checkAll
    // A range that the user names counts more than what a CI says.
    let outcome =
      if let run, target.revision == nil {
        try offeringAll { try linter.check([run.occasion], paths: target.paths, settings: settings, synth: synth) }
      } else {
        try linter.check(request(for: target), paths: target.paths, settings: settings, synth: synth)
      }
    if let writeBaseline, let baseline = outcome.baseline {
      try OutputFile(path: writeBaseline, directory: context.directory).write(baseline.text)
      if !options.quiet { context.errors("\(Tool.name): \(baseline.count) known in \(writeBaseline)\n") }
    }
    let status = try options.publish(outcome, in: context, for: run?.service) {
      try linter.whole(outcome, paths: target.paths, settings: settings, synth: synth)
    }
    if !options.quiet, let hint = hint(after: outcome, of: target) { context.tell(hint, as: "hint") }
    try apps.synthesis.judge(outcome)
    return status
  }

  /// What to do next.
  private func hint(after outcome: Outcome, of target: Target) -> String? {
    let report = outcome.report
    if report.templates.changed == 0, !target.paths.isEmpty, report.scope.mode == "worktree" {
      let names = target.paths.joined(separator: " ")
      return "no template changed in \(names); precede check --all \(names) looks at all of it"
    }
    guard !outcome.configuresBaseline, rules.baseline == nil else { return nil }
    if let writeBaseline { return "name it in .precede.yml: `baseline: \(writeBaseline)`" }
    guard report.scope.mode == "all", report.shown.count >= Self.manyFindings else { return nil }
    return """
      to hear only of what is new from now on: precede check --all --write-baseline .precede-baseline.json
      """
  }

  /// So many that people who meet Precede in a repository would rather begin with what they change next.
  private static let manyFindings = 10

  /// Tells of the way out that a CI has when its clone lacks the old side.
  private func offeringAll(_ check: () throws -> Outcome) throws -> Outcome {
    do {
      return try check()
    } catch let error as RunError where error.lacksBase {
      let all = "look at everything: --missing-base check-all"
      throw RunError(error.operation, error.reason, hint: error.hint.map { "\($0), or \(all)" } ?? all)
    }
  }

  private func request(for target: Target) throws -> Request {
    if let folder = apps.assembly {
      guard target.revision == nil else {
        throw ValidationError("--assembly is compared with --base-assembly and takes no revision")
      }
      return .assembly(folder, base: apps.baseAssembly)
    }
    if staged {
      guard target.revision == nil else { throw ValidationError("--staged compares with HEAD and takes no revision") }
      return .staged
    }
    if all { return .all(revision: target.revision) }
    return target.revision.map(Request.revisions) ?? .workTree
  }
}

extension Shard: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

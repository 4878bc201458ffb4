import ArgumentParser
import Linter
import Reporting

/// `precede fix`: mends what `check` finds, where an edit can do it.
struct Fix: Command {
  static let configuration = CommandConfiguration(
    commandName: "fix", abstract: "Add the dependencies that are missing to templates of the work tree.",
    discussion: """
      Looks at what check looks at and writes DependsOn into templates, in lines of its own: nothing else in them \
      changes. What the CDK writes, what may close a circle and what exists under conditions only is left to you. A file \
      of the index or of a commit is mended in the work tree, if it is the same there; the index is never written to.
      """)

  @Argument(help: ArgumentHelp("A revision or range, or files and folders.", valueName: "revisions-or-path"))
  var words: [String] = []

  @Flag(help: "What is about to be committed: the index against HEAD.")
  var staged = false

  @Flag(help: "Every template and every service, of the work tree or of a revision.")
  var all = false

  @Flag(help: "Print a patch for git apply, and write nothing.")
  var diff = false

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  @OptionGroup var rules: RuleOptions

  func validate() throws {
    if staged, all { throw ValidationError("--staged and --all cannot go together") }
  }

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let linter = Linter(directory: context.directory, environment: context.environment, progress: context.progress)
    let target = try Target(words, paths: context.paths, linter)
    if staged, target.revision != nil {
      throw ValidationError("--staged compares with HEAD and takes no revision")
    }
    let request: Request =
      staged ? .staged : all ? .all(revision: target.revision) : target.revision.map(Request.revisions) ?? .workTree
    let outcome = try linter.fix(request, paths: target.paths, settings: rules.settings(), isWritten: !diff)
    // A patch is all that goes to standard output.
    let tell = diff ? context.errors : context.output
    if diff { context.output(try outcome.patch()) } else { try outcome.write() }
    tell(FixedText.lines(for: outcome.fixed, isDone: !diff))
    let left = outcome.left.report
    tell(TextReporter(style: diff ? .plain : ColorChoice.auto.style(in: context)).report(left))
    if !outcome.fixed.isEmpty {
      context.tell(FixedText.summary(of: outcome.fixed, in: outcome.paths, isDone: !diff))
      if staged, !diff {
        context.tell("the index is as it was: git add \(FixedText.names(of: outcome.paths))", as: "hint")
      }
    }
    let summary = Summary(of: left, suppressed: outcome.left.suppressed, duration: context.waitingTime)
    context.errors(summary.description)
    return diff && !outcome.fixed.isEmpty || left.reaches(.error, existing: false) ? .found : .clean
  }
}

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The git command and the surroundings in which it is started: for reading only, without a lock, a question at the
/// terminal or a program of the configuration.
struct GitCommand {
  let program: String
  private var variables: [String: String]
  private let folder: String

  /// `nil` when there is no git on PATH. Of PATH only absolute folders count, since any other may be one of the repository.
  init?(in folder: String, _ environment: HookEnvironment) {
    let folders = (environment.variables["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    let programs: [String] = folders.map { "\($0)/git" }
    guard let program = programs.first(where: { access($0, X_OK) == 0 }) else { return nil }
    self.program = program
    self.folder = folder
    variables = environment.variables.filter { !$0.key.hasPrefix("GIT_TRACE") }
    // See git(1); its messages are read, so they must be the untranslated ones.
    variables.merge(
      ["GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "LC_ALL": "C"]
    ) { $1 }
    variables["GIT_NAMESPACE"] = nil
    add([Setting(name: "core.fsmonitor", value: "false")])
  }

  /// Names the repository, so that none is looked for.
  init?(_ layout: Layout, _ environment: HookEnvironment) {
    self.init(in: layout.workTree ?? layout.gitDirectory, environment)
    variables["GIT_DIR"] = layout.gitDirectory
    variables["GIT_WORK_TREE"] = layout.workTree
    variables["GIT_INDEX_FILE"] = layout.indexPath
    if let file = layout.shallowFile { variables["GIT_SHALLOW_FILE"] = file }
  }

  /// Adds to the configuration of the command; see GIT_CONFIG_COUNT in git-config(1).
  mutating func add(_ settings: [Setting]) {
    var count = max(variables["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0, 0)
    for setting in settings {
      variables["GIT_CONFIG_KEY_\(count)"] = setting.name
      variables["GIT_CONFIG_VALUE_\(count)"] = setting.value
      count += 1
    }
    variables["GIT_CONFIG_COUNT"] = "\(count)"
  }

  func adding(_ settings: [Setting]) -> GitCommand {
    var command = self
    command.add(settings)
    return command
  }

  /// The same with the index of a copy, which stands for the private folder of a work tree.
  func reading(_ copy: SplitIndexCopy, of layout: Layout) -> GitCommand {
    var command = self
    command.variables["GIT_DIR"] = copy.folder
    command.variables["GIT_COMMON_DIR"] = layout.commonDirectory
    command.variables["GIT_INDEX_FILE"] = copy.folder + "/index"
    // No setting that only the real folder has.
    command.variables["GIT_WORK_TREE"] = layout.workTree ?? layout.gitDirectory
    return command
  }

  struct Outcome {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// What was printed, without the end of the line.
    var text: String {
      String(decoding: output.last == UInt8(ascii: "\n") ? output.dropLast() : output[...], as: UTF8.self)
    }

    /// The last thing that git said, without its prefix.
    var complaint: String {
      let lines = errors.split(separator: "\n").map(String.init)
      let fatal = lines.last { $0.hasPrefix("fatal: ") } ?? lines.last { $0.hasPrefix("error: ") } ?? lines.last
      guard let fatal else { return "git ended with exit status \(status)" }
      return fatal.split(separator: ": ", maxSplits: 1).last.map { "git says: \($0)" } ?? fatal
    }
  }

  /// Runs git to its end.
  func run(_ arguments: [String], to operation: String) throws(GitError) -> Outcome {
    let words = ["-C", folder] + arguments
    guard let child = ChildProcess(program, words, variables, hasInput: false, hasErrors: true) else {
      throw GitError(operation, .command("\(program) cannot be started: \(lastSystemError)"))
    }
    let (output, errors) = child.rest()
    return Outcome(status: child.end(), output: output, errors: String(decoding: errors, as: UTF8.self))
  }

  /// What git prints; it must succeed.
  func output(of arguments: [String], to operation: String) throws(GitError) -> [UInt8] {
    let outcome = try run(arguments, to: operation)
    guard outcome.status == 0 else { throw GitError(operation, .command(outcome.complaint)) }
    return outcome.output
  }

  /// Starts git for questions and answers, one after the other.
  func start(_ arguments: [String], to operation: String) throws(GitError) -> ChildProcess {
    let words = ["-C", folder] + arguments
    guard let child = ChildProcess(program, words, variables, hasInput: true, hasErrors: false) else {
      throw GitError(operation, .command("\(program) cannot be started: \(lastSystemError)"))
    }
    return child
  }
}

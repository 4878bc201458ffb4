import Linter
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a command has of the world: streams, variables and a current folder. A test gives its own.
struct Context {
  var output: (String) -> Void
  var errors: (String) -> Void
  /// Whether the output goes to a terminal, and how wide that is.
  var terminal: Terminal?
  /// What tells of progress; `nil` where nobody reads the errors as they come.
  var progressLine: ProgressLine?
  /// When the program was started.
  let start = ContinuousClock.now
  var environment: [String: String]
  /// The absolute path of the current folder.
  var directory: String
  /// The arguments behind `--`: files and folders, whatever they are called.
  var paths: [String] = []
  /// The name by which the program was started, without its folder.
  var program = "precede"
  /// What somebody writes to the program: see `StandardInput`.
  var input: (_ isAwaited: Bool) throws -> String? = { _ in nil }

  struct Terminal {
    var width: Int?
  }

  /// The context as if started in another folder.
  func moved(to folder: String?) -> Context {
    guard let folder else { return self }
    var context = self
    context.directory = folder.hasPrefix("/") ? folder : directory + "/" + folder
    return context
  }
}

extension Context {
  /// Tells people something in one line. Names of files and branches in it may be a stranger's, so that nothing in it is
  /// a command of a terminal or of a CI.
  func tell(_ sentence: String, as speaker: String = Tool.name) {
    errors("\(speaker): \(TerminalText.lines(of: sentence).joined(separator: " "))\n")
  }
}

extension Context {
  /// Since the program was started.
  var time: Duration { ContinuousClock.now - start }

  /// The same, where somebody has waited for it.
  var waitingTime: Duration? { progressLine == nil ? nil : time }

  /// For those who do something that may take long.
  var progress: Progress? {
    guard let line = progressLine else { return nil }
    return { step in line.tell(step) }
  }
}

extension Context {
  /// The process's own.
  static var process: Context {
    let variables = variables
    let line = isatty(STDERR_FILENO) == 1 && variables["TERM"] != "dumb" ? errorLine : nil
    return Context(
      output: { text in
        line?.erase()
        write(text, to: STDOUT_FILENO)
      },
      errors: { text in
        line?.erase()
        write(text, to: STDERR_FILENO)
      },
      terminal: terminal(of: STDOUT_FILENO), progressLine: line, environment: variables, directory: currentFolder,
      program: program, input: { try StandardInput.read(isAwaited: $0) })
  }

  /// As wide as the terminal is when it is written.
  private static var errorLine: ProgressLine {
    ProgressLine { step in
      let columns = terminal(of: STDERR_FILENO)?.width
      write(ProgressText.line(step, columns: columns), to: STDERR_FILENO)
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        #if canImport(Darwin)
          let count = Darwin.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        #else
          let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
        #endif
        // A reader that has gone away, as in `precede … | head`, wants no more.
        guard count > 0 else { return }
        written += count
      }
    }
  }

  private static var program: String {
    CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "precede"
  }

  private static func terminal(of descriptor: Int32) -> Terminal? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return Terminal() }
    return Terminal(width: Int(size.ws_col))
  }

  private static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let line = entry.pointee {
      let parts = String(cString: line).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }

  private static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}

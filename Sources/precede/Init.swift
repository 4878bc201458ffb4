import ArgumentParser
import Linter
import Reporting

/// `precede init`: begins a configuration.
struct Init: Command {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented .precede.yml.",
    discussion: """
      Every key stands in it with an example, as a comment: it changes nothing until you take a # away. A file that is \
      there already is left alone.
      """)

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let path = try StarterConfiguration(for: context.directory, environment: context.environment).write()
    context.output("\(Tool.name): wrote \(TerminalText.lines(of: path).joined(separator: " ")), all of it comments\n")
    context.tell("precede check --all looks at every template, precede install checks what you commit", as: "hint")
    return .clean
  }
}

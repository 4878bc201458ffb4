import ArgumentParser
import Drawing
import Linter

/// `precede graph`: draws services, connections and order.
struct Graph: Command {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Draw the services, who connects to whom, and the order.",
    discussion: """
      Without a revision the work tree is drawn; of a range the templates that it changes, as they are then. Services stand \
      in waves from left to right; an arrow leads from a client to its server. html is a page that needs nothing else, \
      mermaid is what GitHub and GitLab draw in Markdown, dot is for Graphviz, json for programs.
      """
  )

  @Argument(help: ArgumentHelp("A revision or range, or files and folders.", valueName: "revisions-or-path"))
  var words: [String] = []

  @Option(help: "mermaid, dot, svg, html or json.")
  var format: GraphFormat = .mermaid

  @Option(name: .customShort("C"), help: ArgumentHelp("Run as if started there.", valueName: "folder"))
  var folder: String?

  func run(in context: Context) throws -> ExitStatus {
    let context = context.moved(to: folder)
    let linter = Linter(directory: context.directory, environment: context.environment, progress: context.progress)
    let target = try Target(words, paths: context.paths, linter)
    let isRange = target.revision?.contains("..") ?? false
    let request: Request = isRange ? .revisions(target.revision ?? "") : .all(revision: target.revision)
    let (models, isNamed) = try linter.models(on: request, paths: target.paths)
    let drawing = format.drawing(of: DeploymentPicture(models, of: isNamed))
    context.output(drawing.text)
    if let remark = drawing.remark { context.tell(remark) }
    return .clean
  }
}

extension GraphFormat: ExpressibleByArgument {}

import Deployment
import Diagnostics
import Templates

/// Names that are added to the `DependsOn` of a resource, as an edit of the template that writes it.
struct DependsOnEdit {
  let edits: [Fix.Edit]
  /// Why there are none.
  let obstacle: String?

  init(adding providers: [ResourceID], to id: ResourceID, in group: TemplateGroup) {
    let resource = group[id]
    let template = group.template(of: id)
    let references = group.stacks[id.stack].graph.dependencies(of: id.index).filter { $0.kind != .dependsOn }
    if let provider = providers.first(where: { provider in references.contains { $0.to == provider.index } }) {
      edits = []
      obstacle = "\(Text.refers(resource.logicalID, to: group[provider].logicalID))"
      return
    }
    let names = providers.map { group[$0].logicalID }
    let edit = template.written(resource.logicalID).flatMap { body in
      DocumentEditor(template.file).adding(names, toListAt: "DependsOn", of: body, behind: ["Type"])
    }
    edits = edit.map { [template.edit($0)] } ?? []
    obstacle = edit == nil ? "\(Text.notPlain(resource.logicalID))" : nil
  }
}

extension Fix {
  init(_ summary: Diagnostic.Message, by edit: DependsOnEdit) {
    self.init(summary: "\(summary)", edits: edit.edits, obstacle: edit.obstacle)
  }
}

private enum Text {
  static func refers(_ resource: String, to provider: String) -> Diagnostic.Message {
    "\(resource) refers to \(provider) already, and cfn-lint finds a DependsOn beside that superfluous (W3005)"
  }

  /// Merged or made by a loop, for instance.
  static func notPlain(_ resource: String) -> Diagnostic.Message {
    "\(resource) is not written so plainly that an edit would surely change nothing else"
  }
}

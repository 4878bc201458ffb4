import Deployment
import Diagnostics
import Services
import Templates

/// The resources that a diagnostic is about, by the names that a suppression may give them.
struct Subject {
  /// The resource that must change.
  let holder: Member?
  let ends: Ends

  enum Ends {
    /// A client and what it connects to.
    case pair(Member, [Member])
    /// Resources of which none is the client of the others alone.
    case group([Member])
  }

  /// A resource with its names.
  struct Member {
    let resource: Report.Resource
    fileprivate let serviceName: String?
    fileprivate let constructPath: String?

    /// By logical ID, service name, or the construct path of it or of a construct that holds it.
    func isCalled(_ name: String) -> Bool {
      if [resource.logicalID, serviceName, constructPath].contains(name) { return true }
      return name.contains("/") && constructPath?.hasPrefix(name + "/") ?? false
    }
  }
}

/// Tells which resources of a group a diagnostic is about. What makes a diagnostic the same in another revision names
/// them: the path of a template, then logical IDs. After a second path comes the server of a pair.
struct SubjectTable {
  private let templates: [String: Template]

  init(_ model: ServiceModel) {
    templates = Dictionary(model.group.stacks.map { ($0.template.path.description, $0.template) }) { first, _ in first }
  }

  func subject(of diagnostic: Diagnostic) -> Subject {
    let isPair = diagnostic.identity.count { templates[$0] != nil } > 1
    var members: [Subject.Member] = []
    var template: Template?
    var isBehindPath = false
    for word in diagnostic.identity {
      if let found = templates[word] {
        template = found
        isBehindPath = true
      } else if let template, isBehindPath || !isPair {
        members.append(member(word, near: template))
        isBehindPath = false
      }
    }
    let called = members.filter { $0.resource.logicalID == diagnostic.service }
    let holder =
      called.first { $0.resource.path == diagnostic.location.path } ?? called.first ?? member(at: diagnostic.location)
    let ends: Subject.Ends =
      isPair && !members.isEmpty ? .pair(members[0], Array(members.dropFirst())) : .group(members)
    return Subject(holder: holder ?? members.first, ends: ends)
  }

  /// The resource that a word names, in a template or in another one of the group. What is gone has only its name.
  private func member(_ word: String, near template: Template) -> Subject.Member {
    if let resource = template[word] { return member(resource, template) }
    for other in templates.values.sorted(by: { $0.path < $1.path }) {
      if let resource = other[word] { return member(resource, other) }
    }
    return Subject.Member(
      resource: Report.Resource(path: template.path, logicalID: word), serviceName: nil, constructPath: nil)
  }

  /// The resource that holds a place.
  private func member(at location: Location) -> Subject.Member? {
    guard let template = templates[location.path.description] else { return nil }
    let text = template.document.text
    let resource = template.resources.first { resource in
      let end = max(resource.key.range.upperBound, resource.body.range.upperBound)
      return text.position(at: resource.key.range.lowerBound) <= location.range.start
        && location.range.start < text.position(at: end)
    }
    return resource.map { member($0, template) }
  }

  private func member(_ resource: Resource, _ template: Template) -> Subject.Member {
    Subject.Member(
      resource: Report.Resource(path: template.path, logicalID: resource.logicalID),
      serviceName: resource.properties?["ServiceName"]?.text, constructPath: resource.constructPath)
  }
}

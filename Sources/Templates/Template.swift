package import Diagnostics

/// A CloudFormation template: a document with a path and its sections.
package final class Template: Sendable {
  package let path: Path
  /// The tree of the file as it is.
  package let file: Document
  /// The tree that CloudFormation works on as far as the file tells it: loops are written out.
  package let document: Document
  /// In the order of the source; of resources with one logical ID only the last.
  package let resources: [Resource]
  package let parameters: [String: Node]
  package let mappings: [String: Node]
  package let conditions: [String: Node]
  package let outputs: [String: Node]
  /// Assertions about parameters, not about resources.
  package let rules: [String: Node]
  /// Keys that occur twice in `Resources` or in one resource. The last one counts, so the others say nothing.
  package let duplicateKeys: [Node]
  package let transforms: Transforms
  /// What CloudFormation puts in that the template does not hold.
  package let hiddenParts: [HiddenPart]
  private let unwritten: UnwrittenNames
  private let indices: [String: Int]

  /// Takes the document of any file; see `isTemplate` for what makes one a template.
  package init(_ file: Document, path: Path) {
    let transforms = Transforms(file.root["Transform"])
    self.file = file
    let (document, loops) = transforms.extendsLanguage ? Expansion.expand(file) : (file, [])
    self.document = document
    self.path = path
    let root = document.root
    let section = root["Resources"].map(Entries.init) ?? Entries()
    let written = section.all.filter { !Template.isInstruction($0.name) }
    let resources = written.map { name, key, body in
      Resource(logicalID: name, key: key, body: body, type: body["Type"]?.text ?? "")
    }
    self.resources = resources
    self.transforms = transforms
    hiddenParts = HiddenPart.all(root, resources, transforms, loops: loops)
    unwritten = UnwrittenNames(root, resources, transforms, loops: loops, hidden: hiddenParts)
    duplicateKeys = section.duplicates + resources.flatMap { Template.repeatedKeys(of: $0.body) }
    // Nearly always every entry is a resource.
    indices =
      written.count == section.all.count
      ? section.positions : Dictionary(uniqueKeysWithValues: written.enumerated().map { ($1.name, $0) })
    parameters = Template.section("Parameters", of: root)
    mappings = Template.section("Mappings", of: root)
    conditions = Template.section("Conditions", of: root)
    outputs = Template.section("Outputs", of: root)
    rules = Template.section("Rules", of: root)
  }

  /// Whether a document is a CloudFormation template, told by its content alone: `Resources` is a mapping that holds a
  /// mapping with a resource type (`AWS::…`, `Custom::…`, a third party's, a module of Rain's).
  package static func isTemplate(_ document: Document) -> Bool {
    document.root["Resources"].map(hasResource) ?? false
  }

  /// Looks into loops too, of which a template may have nothing but.
  private static func hasResource(_ section: Node) -> Bool {
    section.entries.contains { key, body in
      if let type = body["Type"], type.text?.contains("::") ?? (HiddenPart.rainTag(type) != nil) { return true }
      return Expansion.isLoop(key) && body.elements.contains(where: hasResource)
    }
  }

  /// Whether a key of `Resources` is no logical ID but tells what to put there: `Fn::ForEach::…`, `Fn::Transform`,
  /// a tag that stands for the section.
  private static func isInstruction(_ key: String) -> Bool { key.hasPrefix("Fn::") || key.hasPrefix("!") }

  /// The index of a resource in `resources`.
  package func index(of logicalID: String) -> Int? { indices[logicalID] }

  /// Whether CloudFormation may know a resource of this name that the template does not write.
  package func mayHave(_ logicalID: String) -> Bool { unwritten.contain(logicalID) }

  package subscript(logicalID: String) -> Resource? { indices[logicalID].map { resources[$0] } }

  /// What the file itself writes for a resource; `nil` for one that a loop makes.
  package func written(_ logicalID: String) -> Node? { file.root["Resources"]?[logicalID] }

  package func location(of node: Node) -> Location { location(of: node.range) }

  /// The place of some bytes of the document.
  package func location(of range: Range<Int>) -> Location { spot(of: range).location }

  package func spot(of node: Node) -> Spot { spot(of: node.range) }

  package func spot(of range: Range<Int>) -> Spot { Spot(range, of: document.text, path) }

  private static func section(_ name: String, of root: Node) -> [String: Node] {
    guard let section = root[name] else { return [:] }
    return Dictionary(section.entries.compactMap { key, value in key.text.map { ($0, value) } }) { $1 }
  }

  /// The keys that a later one replaces. Few keys are compared with each other, which allocates nothing.
  private static func repeatedKeys(of body: Node) -> [Node] {
    body.entryCount <= 16 ? body.repeatedKeys : Entries(body).duplicates
  }

  /// The entries of a mapping without those that a later one with the same key replaces.
  private struct Entries {
    private(set) var all: [(name: String, key: Node, value: Node)] = []
    private(set) var positions: [String: Int] = [:]
    private(set) var duplicates: [Node] = []

    init() {}

    init(_ mapping: Node) {
      let count = mapping.entryCount
      all.reserveCapacity(count)
      positions.reserveCapacity(count)
      for (key, value) in mapping.entries {
        guard let name = key.text else { continue }
        if let position = positions[name] {
          duplicates.append(all[position].key)
          all[position] = (name, key, value)
        } else {
          positions[name] = all.count
          all.append((name, key, value))
        }
      }
    }
  }
}

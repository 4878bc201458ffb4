import Deployment
import Diagnostics
import Rules
import Services
import Support
import Templates
import Testing

/// Doing what a finding about order says takes exactly that finding away.
@Suite struct MendingTests {
  /// Pasting the lists of all rules about what a service needs leaves none of them anything to say, and no circle.
  @Test(arguments: Specimen.trees) func pastedListsMeetAllNeeds(tree: Specimen.Tree) throws {
    let report = try tree.report()
    let rules = Set(RuleSet.all.filter { $0 is any NeedRule }.map { type(of: $0).description.id })
    var mended = tree
    // Of a finding that asks for more than a list a part may be met by the list of another one.
    var expected: Set<[String]> = []
    for diagnostic in report.diagnostics where rules.contains(diagnostic.rule) {
      let fix = diagnostic.fix?.summary ?? ""
      if !fix.contains("take that away"), let list = try? #/"?DependsOn"?: \[([^\]]*)\]/#.firstMatch(in: fix),
        !fix.contains("WaitFor")
      {
        let names = list.output.1.split(separator: ", ").map { $0.trimming(while: { $0 == "\"" }) }
        mended = try mended.setting(names, asDependsOnOf: try #require(diagnostic.service))
      } else {
        expected.insert(diagnostic.key)
      }
    }
    let left = try mended.report().findings
    #expect(Set(left.filter { rules.contains($0.rule) }.map { [$0.rule] + $0.identity }) == expected)
    let isCircle = { (finding: Finding) in finding.rule == "circular-dependency" }
    #expect(left.contains(where: isCircle) == report.findings.contains(where: isCircle))
  }

  @Test(arguments: Specimen.trees) func dependsOnSilencesThePair(tree: Specimen.Tree) throws {
    let findings = try tree.report().findings
    for finding in findings where finding.rule == "client-before-server" {
      let (client, server) = try #require(finding.pair)
      let mended = try tree.adding(server, toDependsOnOf: client)
      let left = try mended.report().findings
      let reach = try Reach(tree)
      // What the new dependency leads to or closes besides may change with it, and what suppressed the finding is unused.
      let isUntouched = { (other: Finding) in
        if other.rule.hasSuffix("-suppression") { return false }
        if let service = other.need { return !reach[service].contains(client) && !reach[server].contains(service) }
        guard let pair = other.pair else { return other.rule != "circular-dependency" }
        let goesThrough = reach[pair.client].contains(client) && reach[server].contains(pair.server)
        let goesBack = reach[pair.server].contains(client) && reach[server].contains(pair.client)
        return !goesThrough && !goesBack
      }
      #expect(
        !left.contains { $0.rule == finding.rule && $0.identity == finding.identity },
        "\(client) -> \(server)")
      #expect(Set(left.filter(isUntouched)) == Set(findings.filter(isUntouched)), "\(client) -> \(server)")
      let isCircle = { (finding: Finding) in finding.rule == "circular-dependency" }
      let closesCircle = reach[server].contains(client)
      #expect(left.contains(where: isCircle) == (closesCircle || findings.contains(where: isCircle)))
    }
  }
}

extension Substring {
  fileprivate func trimming(while isEdge: (Character) -> Bool) -> String {
    String(drop(while: isEdge).reversed().drop(while: isEdge).reversed())
  }
}

extension Specimen.Tree {
  fileprivate func setting(_ names: [String], asDependsOnOf service: String) throws -> Specimen.Tree {
    var tree = self
    var resources = try #require(root["Resources"])
    var resource = try #require(resources[service])
    resource["DependsOn"] = .sequence(names.map { .scalar($0) })
    resources[service] = resource
    tree.root["Resources"] = resources
    return tree
  }

  fileprivate func adding(_ server: String, toDependsOnOf client: String) throws -> Specimen.Tree {
    var tree = self
    var resources = try #require(root["Resources"])
    var resource = try #require(resources[client])
    let before: [TemplateTree] =
      switch resource["DependsOn"] {
      case .sequence(let names)?: names
      case let name?: [name]
      case nil: []
      }
    resource["DependsOn"] = .sequence(before + [.scalar(server)])
    resources[client] = resource
    tree.root["Resources"] = resources
    return tree
  }
}

/// The resources that each resource waits for, itself among them, found step by step.
private struct Reach {
  private let template: Template
  private let graph: ResourceGraph

  init(_ tree: Specimen.Tree) throws {
    template = try Template(parsing: tree.root.json)
    graph = ResourceGraph(template)
  }

  subscript(logicalID: String) -> Set<String> {
    guard let start = template.index(of: logicalID) else { return [] }
    var seen: Set<Int> = [start]
    var open = [start]
    while let index = open.popLast() {
      for edge in graph.dependencies(of: index) where seen.insert(edge.to).inserted { open.append(edge.to) }
    }
    return Set(seen.map { template.resources[$0].logicalID })
  }
}

import Deployment
import Support
import Templates
import Testing

@Suite struct DeploymentOrderTests {
  @Test(arguments: [
    ("DependsOn: Server", "explicit"),
    ("DependsOn: [Other, Server]", "explicit"),
    ("Properties: {A: !Ref Server}", "implicit"),
    ("Properties: {A: !GetAtt Server.Name}", "implicit"),
    ("Properties: {A: !Sub 'x-${Server}'}", "implicit"),
    ("Metadata: {A: !If [C, !Ref Server, !Ref AWS::NoValue]}", "implicit"),
    ("DependsOn: Bridge", "explicit"),
    ("Properties: {A: !Ref Bridge}", "explicit"),
    ("DependsOn: Reference", "implicit"),
    ("DependsOn: Other", "none"),
    ("Properties: {A: !Sub 'x-${!Server}'}", "none"),
    ("Properties: {A: !Sub ['${Server}', {Server: x}]}", "none"),
    ("Condition: Server", "none"),
  ])
  func relationOfTheClient(attribute: String, expected: String) throws {
    #expect(try relation("    \(attribute)") == expected)
  }

  @Test func theServerWaits() throws {
    #expect(try relation("", server: "    DependsOn: Client") == "reversed")
  }

  @Test func eachWaitsForTheOther() throws {
    #expect(try relation("    DependsOn: Server", server: "    DependsOn: Client") == "cycle")
  }

  /// "Waits for" equals brute force: in every order that respects the dependencies the server comes first.
  @Test(arguments: 0..<150) func agreesWithAllOrders(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...6, using: &generator)
    // Only towards smaller numbers, so that there is an order at all; then named at random.
    let names = Array("ABCDEF".prefix(count)).shuffled(using: &generator).map(String.init)
    let edges = (0..<count).map { from in (0..<from).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 } }
    let text = (0..<count).map { from in
      "  \(names[from]): {Type: 'Custom::X', DependsOn: [\(edges[from].map { names[$0] }.joined(separator: ", "))]}\n"
    }
    let template = try Template(parsing: "Resources:\n" + text.joined())
    var waits = Waits(order(of: template))
    let orders = permutations(Array(0..<count)).filter { order in
      order.indices.allSatisfy { place in edges[order[place]].allSatisfy { order[..<place].contains($0) } }
    }
    for client in 0..<count {
      for server in 0..<count where server != client {
        let always = orders.allSatisfy { order in
          order.firstIndex(of: server).map { place in order[place...].contains(client) } ?? false
        }
        let ids = try [client, server].map { ResourceID(stack: 0, index: try #require(template.index(of: names[$0]))) }
        #expect(waits.mayWait(ids[0], for: ids[1]) == always, "\(names[client]) for \(names[server])")
      }
    }
  }

  @Test func wantedEdgesThatCloseACircleTogetherAreRefusedInOrder() throws {
    let template = try Template(
      parsing: "Resources: {A: {Type: 'X::Y'}, B: {Type: 'X::Y', DependsOn: C}, C: {Type: 'X::Y'}, D: {Type: 'X::Y'}}")
    let order = order(of: template)
    let ids = (0..<4).map { ResourceID(stack: 0, index: $0) }
    #expect(order.closingCircles([(ids[0], ids[1]), (ids[2], ids[0]), (ids[3], ids[0])]) == [1])
    #expect(order.closingCircles([(ids[0], ids[1]), (ids[3], ids[0])]) == [])
  }

  @Test func wavesFollowTheLongestWay() throws {
    let template = try Template(
      parsing: """
        Resources:
          Web: {Type: 'X::Y', DependsOn: [Api, Net]}
          Api: {Type: 'X::Y', DependsOn: Net}
          Net: {Type: 'X::Y'}
        """)
    let waves = order(of: template).waves
    #expect(waves.map { $0.map(\.index) } == [[2], [1], [0]])
  }

  private func relation(_ client: String, server: String = "") throws -> String {
    let template = try Template(
      parsing: """
        Resources:
          Client:
            Type: AWS::ECS::Service
        \(client)
          Server:
            Type: AWS::ECS::Service
        \(server)
          Bridge:
            Type: Custom::Bridge
            DependsOn: Server
          Reference:
            Type: Custom::Reference
            Properties: {A: !Ref Server}
          Other:
            Type: Custom::Other
        """)
    var waits = Waits(order(of: template))
    let ids = ["Client", "Server"].compactMap { template.index(of: $0).map { ResourceID(stack: 0, index: $0) } }
    let found = waits.relation(of: ids[0], to: ids[1], when: .always)
    return try #require(found).relation.rawValue
  }

  private func order(of template: Template) -> DeploymentOrder {
    let group = TemplateGroup(template)
    return DeploymentOrder(group, ConditionSpace(Evaluator(group)))
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard !items.isEmpty else { return [[]] }
    return items.flatMap { first in permutations(items.filter { $0 != first }).map { [first] + $0 } }
  }
}

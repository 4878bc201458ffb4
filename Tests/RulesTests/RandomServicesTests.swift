import Diagnostics
import Rules
import Services
import Support
import Testing

/// "May start before" equals brute force: of random services with random connections and dependencies a pair is at fault
/// exactly when an order that respects the dependencies starts the client before the server.
@Suite struct RandomServicesTests {
  @Test(arguments: 0..<120) func faultsAreThoseOfAllOrders(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...5, using: &generator)
    let place = Array(0..<count).shuffled(using: &generator)
    let waits = (0..<count).map { from in
      (0..<count).filter { place[$0] < place[from] && Int.random(in: 0..<3, using: &generator) == 0 }
    }
    let calls = (0..<count).map { from in
      (0..<count).filter { $0 != from && Int.random(in: 0..<3, using: &generator) == 0 }
    }
    let model = try ServiceModel(parsing: template(waits, calls))
    let change = Change(new: model, affected: Set(model.services.map(\.name)))
    let found = RuleSet.all.flatMap { $0.check(change) }

    let orders = permutations(Array(0..<count)).filter { order in
      order.indices.allSatisfy { index in waits[order[index]].allSatisfy { order[..<index].contains($0) } }
    }
    for client in 0..<count {
      for server in calls[client] where !reaches(server, client, calls) {
        let first = orders.filter { order in
          order.firstIndex(of: client).map { start in order[start...].contains(server) } ?? false
        }
        let rules = found.filter {
          $0.identity.count > 3 && $0.identity[1] == "S\(client)" && $0.identity[3] == "S\(server)"
        }
        let expected = first.isEmpty ? [] : [first.count == orders.count ? "reversed-order" : "client-before-server"]
        #expect(rules.map(\.rule) == expected, "S\(client) calls S\(server), waits \(waits)")
      }
    }
    // Services that call each other in a circle are told of once for each circle, and by no other rule.
    let circles = Set(
      (0..<count).filter { reaches($0, $0, calls) }.map { start in
        (0..<count).filter { reaches(start, $0, calls) && reaches($0, start, calls) }
      })
    #expect(found.filter { $0.rule == "mutual-clients" }.count == circles.count)
  }

  /// Whether calls lead from one service to another in one step or more.
  private func reaches(_ from: Int, _ to: Int, _ calls: [[Int]]) -> Bool {
    var seen: Set<Int> = []
    var open = calls[from]
    while let next = open.popLast() {
      if next == to { return true }
      if seen.insert(next).inserted { open += calls[next] }
    }
    return false
  }

  private func template(_ waits: [[Int]], _ calls: [[Int]]) -> String {
    "Resources:\n"
      + waits.indices.map { index in
        let environment = calls[index].map { "{Name: URL\($0), Value: 'http://s\($0):80'}" }.joined(separator: ", ")
        return """
            T\(index):
              Type: AWS::ECS::TaskDefinition
              Properties: {ContainerDefinitions: [{Name: c, Environment: [\(environment)]}]}
            S\(index):
              Type: AWS::ECS::Service
              DependsOn: [\(waits[index].map { "S\($0)" }.joined(separator: ", "))]
              Properties:
                TaskDefinition: !Ref T\(index)
                ServiceConnectConfiguration:
                  Enabled: true
                  Namespace: shop
                  Services: [{PortName: p\(index), ClientAliases: [{DnsName: s\(index), Port: 80}]}]

          """
      }.joined()
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard !items.isEmpty else { return [[]] }
    return items.flatMap { first in permutations(items.filter { $0 != first }).map { [first] + $0 } }
  }
}

import Diagnostics
import Foundation
import Support
import Templates
import Testing

@testable import Linter

/// All shards together say what one run says, each diagnostic once, whatever ties templates together.
@Suite struct ShardTests {
  @Test(arguments: ["0/8", "9/8", "1/0", "x", "1", "1/", "/2", "1/2/3", "-1/2", "1/-2", ""])
  func isNone(text: String) { #expect(Shard(text) == nil) }

  @Test(arguments: [2, 8]) func fixtures(count: Int) throws {
    try expectSame(ShardTests.some, among: count)
  }

  /// What nests, what an assembly deploys, and namespaces of one name, beside a template that has nothing to do with them.
  @Test(arguments: [2, 5, 8]) func ties(count: Int) throws {
    func template(_ name: String, _ more: String = "") -> [UInt8] {
      Array("Resources:\n  \(name): {Type: AWS::ECS::Service, Properties: {\(more)}}\n".utf8)
    }
    func connected(_ name: String) -> [UInt8] {
      template(
        name,
        """
        TaskDefinition: !Ref Task, ServiceConnectConfiguration: {Enabled: true, Namespace: shop, Services: [
            {PortName: a, ClientAliases: [{DnsName: \(name.lowercased()), Port: 80}]}]}
        """)
        + Array(
          """
            Task:
              Type: AWS::ECS::TaskDefinition
              Properties:
                ContainerDefinitions:
                  - {Name: a, Image: a, PortMappings: [{Name: a, ContainerPort: 80}], Environment: [
                      {Name: A_HOST, Value: 'http://a:80'}, {Name: B_HOST, Value: 'http://b:80'}]}

          """.utf8)
    }
    func nesting(_ path: String) -> [UInt8] {
      Array("Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: \(path)}}\n".utf8)
    }
    try expectSame(
      [
        "a.yaml": connected("A"), "b.yaml": connected("B"), "c.yaml": connected("C"),
        "child.yaml": template("Child", "TaskDefinition: !Ref Nowhere"), "one.yaml": nesting("child.yaml"),
        "two.yaml": nesting("child.yaml"), "alone.yaml": template("Alone", "Cluster: !Ref Gone"),
        "none.yaml": Array("a: b\n".utf8),
      ], among: count)
  }

  /// The largest share is no larger than it must be, and each shard has one.
  @Test func evenly() throws {
    let files = Dictionary(
      uniqueKeysWithValues: (1...40).map { number in
        (
          Path("\(number).yaml"),
          Array("Resources:\n  A: {Type: AWS::ECS::Cluster}\n".utf8) + Array(repeating: 0x20, count: number * 50)
        )
      })
    let reader = GroupReader(MemorySnapshot(files: files))
    let shares = try Shares(files.keys.sorted(), among: 4, new: reader, old: nil)
    let loads = (1...4).map { number in
      shares.files(of: Shard("\(number)/4")!).map { files[$0]?.count ?? 0 }.reduce(0, +)
    }
    let sum = loads.reduce(0, +)
    #expect(sum == files.values.map(\.count).reduce(0, +))
    #expect(loads.allSatisfy { $0 * 4 < sum * 11 / 10 })
  }

  @Test func changes() throws {
    let old = try ShardTests.files(below: Project.fixtures.appending(path: "changes"), named: "old.yaml")
    let new = try ShardTests.files(below: Project.fixtures.appending(path: "changes"), named: "new.yaml")
    try expectSame(new, since: old, among: 8)
  }

  /// The same bytes, whatever the number of threads.
  @Test(arguments: [1, 7]) func threads(size: Int) throws {
    let files = try ShardTests.some
    var run = Run(ShardTests.comparison(files, since: nil), Crew(of: size))
    for path in files.keys.sorted() { run.look(at: path) }
    let found = try run.outcome(narrowedBy: PathFilter(paths: [])).report
    #expect(found == (try ShardTests.report(files, since: nil, nil)))
  }

  private func expectSame(_ new: [Path: [UInt8]], since old: [Path: [UInt8]]? = nil, among count: Int) throws {
    let whole = try ShardTests.report(new, since: old, nil)
    let parts = try (1...count).map { try ShardTests.report(new, since: old, Shard("\($0)/\(count)")) }
    #expect(parts.flatMap(\.diagnostics).sorted() == whole.diagnostics)
    #expect(parts.flatMap(\.resolved).sorted() == whole.resolved)
    #expect(parts.map(\.services.total).reduce(0, +) == whole.services.total)
    #expect(parts.map(\.templates.changed).reduce(0, +) == whole.templates.changed)
    #expect(Set(parts.flatMap(\.connections)) == Set(whole.connections))
  }

  private static func report(
    _ new: [Path: [UInt8]], since old: [Path: [UInt8]]?, _ shard: Shard?
  ) throws -> Report {
    var run = Run(comparison(new, since: old))
    run.shard = shard
    for path in Set(new.keys).union((old ?? [:]).keys).sorted() { run.look(at: path) }
    return try run.outcome(narrowedBy: PathFilter(paths: [])).report
  }

  private static func comparison(_ new: [Path: [UInt8]], since old: [Path: [UInt8]]?) -> Comparison {
    Comparison(
      scope: .init(mode: old == nil ? "all" : "range", base: nil, head: "new"),
      old: old.map { MemorySnapshot(files: $0) }, new: MemorySnapshot(files: new),
      paths: Set(new.keys).union((old ?? [:]).keys).sorted())
  }

  /// Every sixth file of the fixtures: nearly all of them have one namespace, so that many are judged together.
  private static var some: [Path: [UInt8]] {
    get throws {
      let files = try files(below: Project.fixtures.appending(path: "rules"))
      return Dictionary(
        uniqueKeysWithValues: files.sorted { $0.key < $1.key }.enumerated().filter { $0.offset % 6 == 0 }.map(\.element)
          .map { ($0.key, $0.value) })
    }
  }

  /// The files below a folder; each named after its own folder where only those of one name are asked for.
  private static func files(below folder: URL, named name: String? = nil) throws -> [Path: [UInt8]] {
    var files: [Path: [UInt8]] = [:]
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) ?? .init() {
      let path = file.path(percentEncoded: false)
      guard ["yaml", "json"].contains(file.pathExtension), name.map({ file.lastPathComponent == $0 }) ?? true else {
        continue
      }
      let relative = String(path.dropFirst(folder.path(percentEncoded: false).count + 1))
      files[Path(name == nil ? relative : relative.replacing("/\(file.lastPathComponent)", with: ".yaml"))] = Array(
        try Data(contentsOf: file))
    }
    return files
  }
}

import Deployment
import Diagnostics
import Foundation
import Services
import Support
import Templates
import Testing

/// What is written as before is taken for the same without a look at its meaning, so that it must mean the same.
@Suite struct FormerResourcesTests {
  /// An edit around a service that takes its name from what is edited.
  @Test(arguments: [
    ("default of a parameter", "Default: shop", "Default: store"),
    ("entry of a mapping", "Size: small", "Size: large"),
    ("definition of a condition", "!Equals [!Ref Name, a]", "!Equals [!Ref Name, b]"),
    ("property that another resource repeats", "Value: path", "Value: way"),
    ("anchor elsewhere", "&tag one", "&tag two"),
    ("output of no consequence", "Outputs: {}", "Outputs: {A: {Value: a}}"),
  ])
  func isNotTakenForTheSame(edit: String, old: String, new: String) throws {
    #expect(template.contains(old))
    let former = try FormerResources(
      from: ServiceModel(parsing: template), to: ServiceModel(parsing: template.replacing(old, with: new)))
    let service = ResourceID(stack: 0, index: 1)
    #expect(!former.isUnchanged(service), "\(edit)")
    #expect(former.differs(service) == (edit != "output of no consequence"))
  }

  @Test func isTakenForTheSame() throws {
    let edited = template.replacing("  Service:", with: "  # A comment\n  Service:")
      .replacing("Other: {", with: "More: {")
    let former = try FormerResources(from: ServiceModel(parsing: template), to: ServiceModel(parsing: edited))
    #expect(former.isUnchanged(ResourceID(stack: 0, index: 1)))
    #expect(!former.isUnchanged(ResourceID(stack: 0, index: 2)))
  }

  /// A name that a side does not have yet means something else there.
  @Test func namesWhatIsNew() throws {
    let old = template.replacing("  Path: {Type", with: "  Way: {Type")
    let former = try FormerResources(from: ServiceModel(parsing: old), to: ServiceModel(parsing: template))
    #expect(!former.isUnchanged(ResourceID(stack: 0, index: 1)))
  }

  @Test(arguments: try FormerResourcesTests.pairs()) func meansTheSame(name: String) throws {
    let folder = FormerResourcesTests.folder.appending(path: name)
    let sides = try ["old", "new"].map { side in
      try ServiceModel(parsing: String(contentsOf: folder.appending(path: "\(side).yaml"), encoding: .utf8))
    }
    let former = FormerResources(from: sides[0], to: sides[1])
    for id in sides[1].group.resourceIDs where former.isUnchanged(id) {
      let before = try #require(former.former(id))
      #expect(ResourceResolver(sides[0]).resolved(before) == ResourceResolver(sides[1]).resolved(id))
    }
  }

  private static let folder = Project.fixtures.appending(path: "changes")

  /// The cases of one template that both sides have and can read.
  private static func pairs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).filter { name in
      ["old.yaml", "new.yaml"].allSatisfy { file in
        let text = try? String(contentsOf: folder.appending(path: "\(name)/\(file)"), encoding: .utf8)
        return text.flatMap { try? Template(parsing: $0) } != nil
      }
    }
    .sorted()
  }
}

private let template = """
  Parameters:
    Name: {Type: String, Default: shop}
  Mappings:
    Sizes: {All: {Size: small}}
  Conditions:
    IsA: !Equals [!Ref Name, a]
  Metadata: &tag one
  Resources:
    Path: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: path}}
    Service:
      Type: AWS::ECS::Service
      Condition: IsA
      Properties:
        ServiceName: !Join ["-", [!Ref Name, !FindInMap [Sizes, All, Size], !GetAtt Path.Value]]
        Tags: [{Key: a, Value: *tag}]
    Other: {Type: AWS::ECS::Cluster}
  Outputs: {}
  """

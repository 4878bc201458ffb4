import Diagnostics
import Support
import Templates
import Testing

@testable import Linter

/// Files that another program makes templates from. They are left alone or read as they stand, and `--verbose` says so;
/// that one cannot be read is no fault unless a template stood there before.
@Suite struct SkippedFilesTests {
  @Test(arguments: [
    // Jinja.
    (
      "Resources:\n{% for name in names %}\n  {{ name }}:\n    Type: AWS::ECS::Service\n{% endfor %}\n",
      ["skipped web.yaml: templated"]
    ),
    ("Resources:\n  Web:\n    Type: AWS::ECS::Service\n    Cluster: {{ cluster }}\n", ["skipped web.yaml: templated"]),
    // Go.
    (
      "Resources:\n  Web:\n    Type: AWS::ECS::Service\n{{include \"variables\" . | indent 4}}\n",
      ["skipped web.yaml: templated"]
    ),
    (
      "Resources:\n  Web:\n    Type: AWS::ECS::Service\n    Cluster: c-{{ stage }}\n",
      ["read web.yaml: 1 resources, {{ }} taken as text"]
    ),
    // CloudFormation's own.
    (
      "Resources:\n  Web:\n    Type: AWS::ECS::Service\n    Cluster: '{{resolve:ssm:c}}'\n",
      ["read web.yaml: 1 resources"]
    ),
    // Rain.
    (
      "Resources:\n  Web:\n    Type: AWS::ECS::Service\n    Properties: !Rain::Include web.yaml\n",
      ["read web.yaml: 1 resources", "web.yaml:4:17: !Rain::Include hides what it puts in"]
    ),
    ("Modules:\n  Web:\n    Source: web.yaml\n", []),
    (
      "Modules:\n  Api:\n    Source: api.yaml\nResources:\n  Web:\n    Type: AWS::ECS::Service\n    DependsOn: ApiService\n",
      ["read web.yaml: 1 resources", "web.yaml:2:3: Modules hides what it puts in"]
    ),
  ])
  func areNoFault(text: String, details: [String]) throws {
    let outcome = try Self.run(old: nil, new: text).outcome(narrowedBy: PathFilter(paths: []))
    #expect(outcome.details == details)
    #expect(outcome.report.diagnostics.allSatisfy { $0.severity < .error })
  }

  @Test func areFaultsWhereATemplateStood() throws {
    let run = try Self.run(
      old: "Resources:\n  Web:\n    Type: AWS::ECS::Service\n",
      new: "Resources:\n  Web:\n    Type: AWS::ECS::Service\n{% endfor %}\n")
    #expect(try run.report(narrowedBy: PathFilter(paths: [])).diagnostics.map(\.rule) == ["unreadable-template"])
  }

  private static func run(old: String?, new: String) throws -> Run {
    func files(_ text: String?) -> MemorySnapshot {
      MemorySnapshot(files: text.map { ["web.yaml": Array($0.utf8)] } ?? [:])
    }
    var run = Run(
      Comparison(
        scope: .init(mode: "range", base: "old", head: "new"), old: files(old), new: files(new), paths: ["web.yaml"]))
    run.look(at: "web.yaml")
    return run
  }
}

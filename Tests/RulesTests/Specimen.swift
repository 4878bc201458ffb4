import Diagnostics
import Foundation
import Support
import Templates

@testable import Linter

/// A template that the tests change in ways of which it is known what they do to the report.
struct Specimen: Sendable, CustomStringConvertible {
  /// The name of the fixture, or the path in the corpus.
  let description: String
  let bytes: [UInt8]
  /// Whether it is of another project.
  var isPublic = false

  var isYAML: Bool { ![UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes.first { $0 > 0x20 } ?? 0) }

  /// The fixtures of every rule, and public templates with ECS services where they lie beside the checkout.
  static let all: [Specimen] = (try? fixtures() + publicTemplates()) ?? []

  /// Those that are YAML, and are meant to be.
  static let yaml = all.filter(\.isYAML)

  /// The trees of those that can be read and are templates, and say nothing to Precede in comments, which JSON has not.
  static let trees: [Tree] = all.compactMap { specimen in
    guard !String(decoding: specimen.bytes, as: UTF8.self).contains("# precede:") else { return nil }
    guard let document = try? Document.read(specimen.bytes, named: path), Template.isTemplate(document) else {
      return nil
    }
    return Tree(description: specimen.description, root: TemplateTree(document.root, keepsNull: true))
  }

  /// What is said of a template by itself.
  func report() throws -> Report { try Specimen.report(on: bytes) }

  static func report(on bytes: some Sequence<UInt8>) throws -> Report {
    let files = MemorySnapshot(files: [path: Array(bytes)])
    var run = Run(
      Comparison(scope: .init(mode: "all", base: nil, head: "WORKTREE"), old: nil, new: files, paths: [path]))
    run.look(at: path)
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  /// A template without its spelling.
  struct Tree: Sendable, CustomStringConvertible {
    let description: String
    var root: TemplateTree

    func report() throws -> Report { try Specimen.report(on: root.json.utf8) }
  }

  private static let path: Path = "template.yaml"

  private static func fixtures() throws -> [Specimen] {
    // Assemblies are folders, whose names have no extension.
    try Golden.cases(under: Project.fixtures.appending(path: "rules")).filter { !$0.input.pathExtension.isEmpty }
      .map { Specimen(description: "\($0)", bytes: Array(try Data(contentsOf: $0.input))) }
  }

  private static func publicTemplates() throws -> [Specimen] {
    guard let corpus = Project.shared?.appending(path: "corpus") else { return [] }
    let table = try String(contentsOf: corpus.appending(path: "INDEX.tsv"), encoding: .utf8)
    return try table.split(separator: "\n").dropFirst().compactMap { line in
      // path, repository, source path, commit, licence, format, ECS services, …
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard ["yaml", "json", "cdk"].contains(columns[5]), Int(columns[6]) ?? 0 > 0 else { return nil }
      return Specimen(
        description: columns[0], bytes: Array(try Data(contentsOf: corpus.appending(path: columns[0]))), isPublic: true)
    }
  }
}

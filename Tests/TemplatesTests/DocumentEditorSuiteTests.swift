import Diagnostics
import Support
import Testing

@testable import Templates

/// Whatever a document is like: an edit does what it says and nothing else, or there is none. Tried on every mapping of the
/// yaml-test-suite that keys lead to, and on resources of public templates.
@Suite(.enabled(if: Shared.isPresent)) struct DocumentEditorSuiteTests {
  @Test func hostileYAMLStaysItself() throws {
    var edits = 0
    for file in Shared.files(under: "suites/yaml/src") where file.hasSuffix(".yaml") {
      let suite = try YAMLReader.read(SourceText(Shared.bytes(of: file)), limits: .standard)
      for test in suite.root.elements {
        guard let source = test["yaml"]?.text.map(unescaped) else { continue }
        guard let document = try? read(Array(source.utf8)) else { continue }
        for route in routes(to: document.root) { edits += try checkEdits(of: document, at: route) }
      }
    }
    #expect(edits > 150)
  }

  @Test func publicTemplatesStayThemselves() throws {
    var edits = 0
    let table = String(decoding: try Shared.bytes(of: "corpus/INDEX.tsv"), as: UTF8.self)
    for (number, line) in table.split(separator: "\n").enumerated() where number % 8 == 1 {
      let bytes = try Shared.bytes(of: "corpus/\(line.prefix { $0 != "\t" })")
      guard bytes.count < 100_000, let document = try? read(bytes), let resources = document.root["Resources"] else {
        continue
      }
      for id in resources.entries.compactMap(\.key.text).prefix(4) {
        edits += try checkEdits(of: document, at: ["Resources", id])
        edits += try checkEdits(of: document, at: ["Resources", id, "Properties"])
      }
    }
    #expect(edits > 300)
  }

  /// Tries every edit of one mapping; tells how many there are.
  private func checkEdits(of document: Document, at route: [String]) throws -> Int {
    guard let mapping = node(at: route, of: document.root), mapping.kind == .mapping else { return 0 }
    let editor = DocumentEditor(document)
    let keys = Set(mapping.values.keys).union(["New"])
    let edits = keys.sorted().compactMap { key in
      editor.adding(["One", "Two"], toListAt: key, of: mapping, behind: ["Type"]).map { (key, $0) }
    }
    for (key, edit) in edits {
      var bytes = document.text.bytes
      bytes.replaceSubrange(edit.range, with: edit.text.utf8)
      let text = String(decoding: bytes, as: UTF8.self)
      let after = try #require(try? read(bytes), "\(text)").root
      #expect(document.root.hasSameValue(as: after, except: [route + [key]]), "\(text)")
      let list = node(at: route + [key], of: after)
      let known = mapping[key].map { [$0] + $0.elements }?.compactMap(\.text) ?? []
      #expect((list?.elements.compactMap(\.text) ?? []).sorted() == (known + ["One", "Two"]).sorted(), "\(text)")
    }
    return edits.count
  }

  private func node(at route: [String], of root: Node) -> Node? { route.reduce(root) { $0?[$1] } }

  /// The keys that lead to each mapping.
  private func routes(to node: Node) -> [[String]] {
    guard node.kind == .mapping else { return [] }
    return [[]] + node.values.flatMap { key, value in routes(to: value).map { [key] + $0 } }
  }

  private func read(_ bytes: [UInt8]) throws -> Document { try Document.read(bytes, named: "t.yaml") }
}

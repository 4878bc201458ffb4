import CLibYAML
import Support
import Testing

@testable import Templates

/// The yaml-test-suite: our reader takes what libyaml takes, but for what a template cannot be.
@Suite(.enabled(if: Shared.isPresent))
struct YAMLReaderSuiteTests {
  /// The messages of what is refused on purpose.
  private static let deliberate = [
    "a template is one YAML document", "a key must be a scalar", "a key cannot have the tag",
    "the file is empty",
    "has no anchor", "'<<' merges a mapping",
  ]

  @Test(arguments: Shared.files(under: "suites/yaml/src").filter { $0.hasSuffix(".yaml") })
  func agreesWithLibyaml(file: String) throws {
    let suite = try YAMLReader.read(SourceText(Shared.bytes(of: file)), limits: .standard)
    for test in suite.root.elements {
      guard let source = test["yaml"]?.text.map(unescaped) else { continue }
      do throws(ReadingError) {
        let document = try YAMLReader.read(SourceText(Array(source.utf8)), limits: .standard)
        #expect(accepts(source), "\(source)")
        let json = document.json
        #expect(try JSONReader.read(SourceText(Array(json.utf8)), limits: .standard).json == json)
        for range in document.root.ranges {
          #expect(0 <= range.lowerBound && range.upperBound <= source.utf8.count)
        }
      } catch {
        #expect(0...source.utf8.count ~= error.offset)
        let isDeliberate = Self.deliberate.contains { error.message.contains($0) }
        #expect(isDeliberate || !accepts(source), "\(error) in \(source)")
      }
    }
  }

  /// What libyaml itself says.
  private func accepts(_ source: String) -> Bool {
    var parser = yaml_parser_t()
    yaml_parser_initialize(&parser)
    defer { yaml_parser_delete(&parser) }
    let bytes = Array(source.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return false }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return true }
      }
    }
  }
}

/// The source behind the signs that the suite uses for what cannot be seen.
func unescaped(_ text: String) -> String {
  var source = text.replacing("␣", with: " ").replacing("↵", with: "").replacing("←", with: "\r")
    .replacing("⇔", with: "\u{FEFF}")
  while let tab = source.firstRange(of: "—»") { source.replaceSubrange(tab, with: "»") }
  source = source.replacing("»", with: "\t")
  return source.replacing("∎\n", with: "")
}

import Diagnostics
import Foundation
import Reporting
import Support
import Testing

/// Whatever a template or a path says, a report keeps its form. All mixtures of a few hostile pieces are tried.
@Suite("Hostile text") struct HostileTextTests {
  @Test(arguments: 0..<60) func `no format loses its form`(_ seed: Int) throws {
    var words = Words(seed: UInt64(seed))
    let diagnostics = (0..<24).map { _ in words.diagnostic() }
    let report = Report(
      scope: .init(mode: "staged", base: nil, head: "INDEX"),
      templates: .init(skipped: [.init(path: words.path(), reason: words.text())]), services: .init(),
      connections: [words.connection()], diagnostics: diagnostics, resolved: [words.diagnostic()])

    let plain = lines(of: .text, report, width: 100_000)
    #expect(plain.count == diagnostics.count * Words.linesOfText)
    #expect(lines(of: .text, report).filter(isCommand) == [])
    #expect(plain.filter(isCommand) == [])

    let github = lines(of: .github, report)
    let shown = Severity.allCases.map { severity in min(diagnostics.count { $0.severity == severity }, 10) }
    let isMore = shown.reduce(0, +) < diagnostics.count
    #expect(github.count == diagnostics.count + (isMore ? 1 : 0))
    let commands = github.filter(isCommand)
    #expect(commands.count == shown.reduce(0, +) + (isMore && shown[0] < 10 ? 1 : 0))
    for command in commands.prefix(shown.reduce(0, +)) { try expectOurs(command) }

    let json = try parsed(JSONReport.self, from: .json, report)
    #expect(json.diagnostics.map(\.message) == diagnostics.map(\.message.text))
    let quality = try parsed([QualityEntry].self, from: .gitlab, report)
    #expect(quality.count == diagnostics.count)
    #expect(Set(quality.map(\.fingerprint)).count == diagnostics.count)

    let azure = lines(of: .azure, report)
    #expect(azure.count == diagnostics.count)
    #expect(azure.filter { $0.hasPrefix("##vso[") }.count == diagnostics.count { $0.severity > .notice })
    #expect(azure.allSatisfy { $0.ranges(of: "##vso[").count == ($0.hasPrefix("##vso[") ? 1 : 0) })
    for line in azure where line.hasPrefix("##vso[") { expectOurs(azure: line) }

    let markdown = lines(of: .markdown, report)
    let rows = markdown.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| severity") }
    #expect(rows.count == diagnostics.count)
    for row in rows { expectOurs(markdown: row) }

    let rdjson = text(.rdjsonl, report).unicodeScalars.split(separator: "\n").map(String.init)
    #expect(rdjson.filter(isCommand) == [])
    #expect(rdjson.count == diagnostics.count)
    for (line, diagnostic) in zip(rdjson, diagnostics) {
      let entry = try JSONDecoder().decode(ReviewEntry.self, from: Data(line.utf8))
      #expect(entry.message.utf8.starts(with: diagnostic.message.text.utf8))
    }
    let sarif = try parsed(SARIFReport.self, from: .sarif, report)
    #expect(sarif.runs[0].results.count == diagnostics.count)
    #expect(sarif.runs[0].results.allSatisfy { !$0.message.text.contains("](") })

    for (format, element) in [(ReportFormat.junit, "testcase"), (.checkstyle, "error")] {
      let document = XMLReader(text(format, report))
      #expect(document.isWellFormed && document.counts[element] == diagnostics.count, "\(format)")
    }
    #expect(!text(.junit, report).contains("[[ATTACHMENT"))
  }

  /// Splits a command of Azure as its agent does.
  private func expectOurs(azure line: String) {
    let header = line.unicodeScalars.prefix { $0 != "]" }.dropFirst("##vso[task.logissue ".unicodeScalars.count)
    let names = header.split(separator: ";").map { String(String.UnicodeScalarView($0.prefix { $0 != "=" })) }
    #expect(names == ["type", "sourcepath", "linenumber", "columnnumber", "code"])
  }

  /// Cells, and nothing in them but text, our own line break and our own code.
  private func expectOurs(markdown row: String) {
    var bars = 0
    var isEscaped = false
    // By bytes, since a mark may join the last of them.
    let cells = String(decoding: Array(row.utf8).replacing(Array("<br>".utf8), with: []), as: UTF8.self)
    for scalar in cells.unicodeScalars {
      if !isEscaped {
        if scalar == "|" { bars += 1 }
        #expect(!"<>@*_[]$".unicodeScalars.contains(scalar), "\(row)")
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    #expect(bars == 6, "\(row)")
  }

  private func text(_ format: ReportFormat, _ report: Report, width: Int? = nil) -> String {
    format.reporter(for: Tool(version: "0.1.0"), style: TextStyle(width: width)).report(report)
  }

  /// The lines, after a look at every scalar.
  private func lines(of format: ReportFormat, _ report: Report, width: Int? = nil) -> [String] {
    let scalars = text(format, report, width: width).unicodeScalars
    #expect(scalars.allSatisfy { $0 == "\n" || !isDangerous($0) })
    #expect(scalars.last == "\n")
    return scalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// As GitHub's runner reads a line, in both forms, whatever the name.
  private func isCommand(_ line: String) -> Bool {
    let start = line.unicodeScalars.drop { $0.properties.isWhitespace }
    return start.starts(with: "::".unicodeScalars) || line.utf8.contains(subsequence: "##[".utf8)
  }

  /// Splits a command as the runner does and finds our properties and nothing else.
  private func expectOurs(_ command: String) throws {
    let bytes = Array(command.utf8)
    let end = try #require(bytes.indices.dropFirst(2).first { bytes[$0...].starts(with: "::".utf8) })
    let header = String(decoding: bytes[2..<end], as: UTF8.self)
    let names = header.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)[1].split(
      separator: UInt8(ascii: ",")
    )
    .map { String(decoding: $0.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self) }
    #expect(names == ["file", "line", "endLine", "col", "endColumn", "title"])
  }

  /// Not with `JSONSerialization`, which loses a byte order mark inside a string.
  private func parsed<Value: Decodable>(
    _ type: Value.Type, from format: ReportFormat, _ report: Report
  ) throws -> Value {
    let text = text(format, report)
    #expect(!isCommand(text))
    return try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  private struct JSONReport: Decodable {
    struct Entry: Decodable { var message: String }
    var diagnostics: [Entry]
  }

  private struct QualityEntry: Decodable { var fingerprint: String }

  private struct ReviewEntry: Decodable { var message: String }

  private struct SARIFReport: Decodable {
    struct Run: Decodable { var results: [Result] }
    struct Result: Decodable { var message: Text }
    struct Text: Decodable { var text: String }
    var runs: [Run]
  }
}

/// Makes the same hostile text again for the same seed (SplitMix64).
private struct Words: RandomNumberGenerator {
  private var state: UInt64
  private var count = 0

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Headline, excerpt, carets, two notes, the construct, the fix of two lines, and its edit: file, old line, new line.
  static let linesOfText = 11

  private static let pieces = [
    "\n", "\r", "\r\n", "::error::x", "::", ":", "%0A", "%", ",", "=", "\u{1b}[31m", "\u{1b}]0;x\u{7}",
    "\u{202e}",
    "\u{2028}", "\u{85}", "\"", "'", "\\", "|", "`", "##[add-mask]x", "##", "[", "vso[", "👩‍🚀", "⚠\u{fe0f}",
    "e\u{301}",
    "[[ATTACHMENT|x]]", "](https://example.org)", "@team", "#1", "*b*", "$x$", ":bug:", "]]>", "&amp;", "\u{fffe}", ";",
    "]",
    "\u{301}", "\u{fe0f}", "\u{200b}", "\u{feff}", "\0", "\t", " ", "\u{a0}", "日本", "<", "</script>", "a",
    String(repeating: "long ", count: 120),
  ]

  mutating func text() -> String {
    (0..<Int.random(in: 1...6, using: &self)).map { _ in Self.pieces.randomElement(using: &self) ?? "" }
      .joined()
  }

  mutating func path() -> Path {
    var bytes = Array(text().utf8)
    if Bool.random(using: &self) { bytes.insert(0xff, at: Int.random(in: 0...bytes.count, using: &self)) }
    return Path(bytes: bytes)
  }

  /// On one line and not empty, so that every command has all properties.
  mutating func location(_ text: String?) -> Location {
    let line = Int.random(in: 1...12000, using: &self)
    let column = Int.random(in: 1...2000, using: &self)
    return Sample.location(line, column, to: column + Int.random(in: 1...40, using: &self), text, in: path())
  }

  mutating func diagnostic() -> Diagnostic {
    count += 1
    let place = location(text())
    var diagnostic = Diagnostic(
      rule: "client-before-server", severity: Severity.allCases.randomElement(using: &self) ?? .error,
      message(), at: place, service: text(), construct: text(),
      notes: [
        .init(message(), at: location(nil)), .init(message(), at: place), .init(message(), at: location(nil)),
      ],
      fix: Fix(summary: "add " + oneLine() + "\n" + oneLine() + ".", edits: [edit()]), identity: [])
    diagnostic.fingerprint = String(count % 5)
    return diagnostic
  }

  /// In one line of another file, which is what git takes for a line.
  private mutating func edit() -> Fix.Edit {
    let place = location(nil)
    let texts = (text(), text())
    return Fix.Edit(
      path: place.path, range: place.range, text: texts.0.filter { $0 != "\n" && $0 != "\r\n" },
      line: texts.1.filter { $0 != "\n" && $0 != "\r\n" })
  }

  mutating func connection() -> Report.Connection {
    .init(
      client: .init(path: path(), logicalID: text()), server: .init(path: path(), logicalID: text()),
      endpoint: text(), mechanism: "other", order: "none", strength: "weak",
      evidence: [.init(kind: "environment", name: text(), location: location(nil))])
  }

  private mutating func message() -> Diagnostic.Message {
    .init(stringLiteral: text())
  }

  /// A fix may have lines, so only here the text has none.
  private mutating func oneLine() -> String { text().filter { !$0.isNewline } }
}

extension Collection where Element: Equatable {
  fileprivate func contains(subsequence: some Collection<Element>) -> Bool {
    indices.contains { self[$0...].starts(with: subsequence) }
  }
}

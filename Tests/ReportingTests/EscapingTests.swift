import Diagnostics
import Testing

@testable import Reporting

@Suite("Escaping") struct EscapingTests {
  @Test func `GitHub's command escapes the percent sign first, and colons and commas in properties only`() {
    let command = GitHubCommand(
      name: "error", properties: [("file", "a,b:c%0A\r\n"), ("title", "x::y")], message: "100%\r\na,b:c%0A")
    #expect(
      command.description
        == "::error file=a%2Cb%3Ac%250A%0D%0A,title=x%3A%3Ay::100%25%0D%0Aa,b:c%250A")
  }

  @Test func `a combining mark hides no colon and no comma`() {
    let command = GitHubCommand(
      name: "error", properties: [("file", ":\u{301},\u{301}")], message: "%\u{301}")
    #expect(command.description == "::error file=%3A\u{301}%2C\u{301}::%25\u{301}")
  }

  @Test(arguments: [
    ("a\nb\r\tc", "a\\nb\\r\\tc"),
    ("\u{1b}[31mred\u{0}\u{7f}\u{85}", "\\x1b[31mred\\x00\\x7f\\x85"),
    ("a\u{202e}b\u{2066}\u{2028}\u{2029}\u{feff}", "a\\u{202e}b\\u{2066}\\u{2028}\\u{2029}\\u{feff}"),
    ("\u{ad}\u{34f}\u{3164}\u{e0041}", "\\xad\\u{34f}\\u{3164}\\u{e0041}"),
    ("⚠\u{fe0f} #\u{fe0f}", "⚠\u{fe0f} #\\u{fe0f}"),
    ("e\u{301} 日本 👩 \\ \" | %0A", "e\u{301} 日本 👩 \\ \" | %0A"),
    ("a ##[add-mask]b ##vso[x] ##TeamCity[y]", "a ##\\x5badd-mask]b ##vso\\x5bx] ##TeamCity\\x5by]"),
    ("###[x] ##\u{301}[y]", "###\\x5bx] ##\u{301}\\x5by]"),
    ("#[x] ## [y] ##1[z]", "#[x] ## [y] ##1[z]"),
  ])
  func `text keeps to its line`(_ text: String, _ expected: String) {
    #expect(TerminalText.escaped(text) == expected)
  }

  @Test func `lines of a text never begin as a command`() {
    let lines = TerminalText.lines(of: "a\r\n\t::error::b\n\u{a0}:\u{301}:c\n\n:d\n\n")
    #expect(lines == ["a", "    \\x3a:error::b", "\u{a0}\\x3a\u{301}:c", "", ":d"])
  }

  @Test(arguments: [
    (Path("infra/café 日本.yaml"), "infra/café 日本.yaml"),
    (Path("a\"b\\c|d"), "a\"b\\c|d"),
    (Path("\"a\""), "\"\\\"a\\\"\""),
    (Path("a\nb\tc\u{1b}\\"), "\"a\\nb\\tc\\033\\\\\""),
    (Path("::error::x"), "\"::error::x\""),
    (Path(" ::x"), "\" ::x\""),
    (Path(":"), "\":\""),
    (Path("a\u{202e}b"), "\"a\\342\\200\\256b\""),
    (Path("a##[x]"), "\"a##\\133x]\""),
    (Sample.latin, "\"infra/caf\\351.json\""),
    (Path(bytes: [0xe2, 0x80, 0x41, 0xff]), "\"\\342\\200A\\377\""),
  ])
  func `a path is quoted where it would not stay what it is`(_ path: Path, _ expected: String) {
    #expect(PathText(path).description == expected)
  }

  @Test func `JSON printed to a log is no command and keeps its text`() {
    let text = JSONValue.array(["##[add-mask]x"]).text
    #expect(text.contains("\"##\\u005badd-mask]x\""))
  }
}

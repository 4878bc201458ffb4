import Diagnostics
import Testing

@Suite struct PathTests {
  @Test func hasANameAndAParent() {
    #expect(Path("a/b/c.yaml").name == "c.yaml")
    #expect(Path("a/b/c.yaml").parent == "a/b")
    #expect(Path("c.yaml").parent == "")
    #expect(Path("").appending("c") == "c")
    #expect(Path("a").appending("c") == "a/c")
  }

  @Test(arguments: [("a/b", "a", true), ("a", "a", true), ("ab", "a", false), ("a", "", true), ("a", "a/b", false)])
  func isInside(path: String, folder: String, expected: Bool) {
    #expect(Path(path).isInside(Path(folder)) == expected)
  }

  @Test func keepsBytesThatAreNoText() {
    let path = Path(bytes: [0x61, 0xFF])
    #expect(!path.isUTF8)
    #expect(path.description == "a\u{FFFD}")
    #expect(path != Path("a\u{FFFD}"))
  }
}

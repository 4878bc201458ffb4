import Diagnostics
import Testing

@Suite struct FingerprintTests {
  @Test func isOfThirtyTwoDigitsAndKnowsNoLine() {
    let found = fingerprints([diagnostic(["a", "B"], line: 1)])
    #expect(found == fingerprints([diagnostic(["a", "B"], line: 99)]))
    #expect(found[0].count == 32)
    #expect(found[0].allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  @Test func repeatsAreCounted() {
    let found = fingerprints([diagnostic(["a"], line: 1), diagnostic(["a"], line: 2), diagnostic(["b"], line: 3)])
    #expect(Set(found).count == 3)
  }

  @Test func partsDoNotRunIntoEachOther() {
    let found = fingerprints([diagnostic(["ab", "c"], line: 1), diagnostic(["a", "bc"], line: 2)])
    #expect(found[0] != found[1])
  }

  private func fingerprints(_ diagnostics: [Diagnostic]) -> [String] {
    var diagnostics = diagnostics
    Fingerprint.assign(to: &diagnostics)
    return diagnostics.map(\.fingerprint)
  }

  private func diagnostic(_ identity: [String], line: Int) -> Diagnostic {
    let position = SourcePosition(line: line, column: 1)
    return Diagnostic(
      rule: "rule", severity: .error, "message",
      at: Location(path: "a.yaml", range: SourceRange(start: position, end: position)), identity: identity)
  }
}

import Diagnostics
import Testing

@testable import Linter

/// Patterns for paths from the top.
@Suite struct GlobPatternTests {
  @Test(arguments: [
    ("infra/**", ["infra/a.yaml", "infra/b/c.yaml"], ["a.yaml", "other/infra/a.yaml"]),
    ("infra/", ["infra/a.yaml", "infra/b/c.yaml"], ["infra.yaml"]),
    ("./infra/*.yaml", ["infra/a.yaml"], ["infra/b/c.yaml", "infra/a.json"]),
    ("**/examples/**", ["examples/a.yaml", "a/b/examples/c/d.yaml"], ["examples.yaml", "a/example/b"]),
    ("a/**/b.yaml", ["a/b.yaml", "a/x/y/b.yaml"], ["b.yaml", "a/xb.yaml"]),
    ("*.yaml", ["a.yaml"], ["infra/a.yaml"]),
    ("**/*.yaml", ["a.yaml", "infra/a.yaml"], ["a.yml"]),
    ("?.yaml", ["a.yaml"], ["ab.yaml", "/.yaml"]),
    ("*.{yaml,json}", ["a.yaml", "a.json"], ["a.yml"]),
    ("{infra,ci/{a,b}}/*", ["infra/x", "ci/a/x", "ci/b/x"], ["ci/x", "ci/c/x"]),
    ("{a,}b", ["ab", "b"], ["a"]),
    ("a,b}", ["a,b}"], ["a"]),
    ("\\{a,b\\}", ["{a,b}"], ["a", "b"]),
  ])
  func matchesWholePaths(pattern: String, matches: [String], others: [String]) throws {
    let pattern = try GlobPattern(pattern)
    for path in matches { #expect(pattern.matches(Path(path)), "\(path)") }
    for path in others { #expect(!pattern.matches(Path(path)), "\(path)") }
  }

  @Test func bracesDoNotExplode() {
    let text = String(repeating: "{a,b}", count: 30)
    #expect(throws: GlobPattern.Fault.tooManyAlternatives) { try GlobPattern(text) }
  }

  /// A file that the configuration names must be readable; one in a folder that it names only when it looks like one.
  @Test(arguments: [
    ("infra/**", "infra/a.yaml", true), ("infra/**", "infra/README.md", false), ("infra/*.tmpl", "infra/a.tmpl", true),
    ("infra/**", "a.yaml", false),
  ])
  func whatIsNamedMustBeReadable(pattern: String, path: String, isDemanded: Bool) throws {
    let files = FileSelection(templates: [try GlobPattern(pattern)])
    #expect(files.demands(Path(path)) == isDemanded)
  }
}

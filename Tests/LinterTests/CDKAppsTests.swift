import Diagnostics
import Rules
import Support
import Testing

@testable import Linter

/// Which apps a changed file belongs to, and whether it may change what they make.
@Suite struct CDKAppsTests {
  private let apps = CDKApps(
    snapshot: MemorySnapshot(
      files: [
        "cdk.json": "{}", "infra/cdk.json": "{\"output\": \"../build\"}", "infra/node_modules/x/cdk.json": "{}",
        "shop/cdk.json": "{broken", "shop/cdk.out/manifest.json": "{}",
      ].reduce(into: [:]) { $0[Path($1.key)] = Array($1.value.utf8) }))

  @Test(arguments: [
    ("lib/app.ts", ["cdk.json"]), ("infra/lib/app.ts", ["infra/cdk.json"]), ("infra/cdk.json", ["infra/cdk.json"]),
    ("infra/package.json", ["infra/cdk.json"]), ("infra/.env", ["infra/cdk.json"]),
    ("infra/docs/guide.md", []), ("LICENSE", []), (".github/workflows/ci.yml", []), ("infra/node_modules/x/i.js", []),
    ("shop/app.ts", []),
  ])
  func findsTheNearest(file: String, expected: [String]) throws {
    #expect(try apps.notSynthesised(among: [Path(file)]).map(\.file.description) == expected)
  }

  @Test func saysWhereTheOutputWouldBe() throws {
    #expect(try apps.output(of: "infra") == "build")
    #expect(try apps.output(of: "shop") == "shop/cdk.out")
    #expect(try apps.output(of: "") == "cdk.out")
  }

  @Test func namesTheFirstFile() throws {
    let found = try apps.notSynthesised(among: ["infra/b.ts", "infra/a.ts", "infra/README.md"])
    #expect(found.map(\.state) == [.notSynthesised(changed: "infra/a.ts", output: "build")])
  }
}

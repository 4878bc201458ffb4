import Testing

/// A house that breaks a rule is found out, and one that keeps it is not.
@Suite struct BrokenHouseTests {
  @Test(arguments: [
    "import CLibgit2", "package import Git", "@preconcurrency internal import Foundation", "  import Glibc",
    "import struct Rules.Change", "import Linter // for now",
  ])
  func anImportThroughAWall(_ line: String) {
    let sentences = House(["Sources/Templates/Node.swift": "\(line)\n"]).brokenWalls
    #expect(sentences.first?.hasPrefix("Sources/Templates/Node.swift: Templates must not import ") == true)
  }

  @Test func importsThatAreAllowed() {
    let house = House([
      "Sources/Templates/Node.swift": "package import Diagnostics\ninternal import CLibYAML\n// import Git\n",
      "Sources/Git/Blob.swift": "internal import CLibgit2\n#if canImport(Glibc)\n  import Glibc\n#endif\n",
      "Sources/precede/Check.swift": "import ArgumentParser\nimport FoundationEssentials\n",
      "Tests/GitTests/BlobTests.swift": "import Foundation\n",
    ])
    #expect(house.brokenWalls == [])
  }

  @Test func allOfFoundation() {
    #expect(House(["Sources/Linter/Run.swift": "import Foundation\n"]).brokenWalls.count == 1)
    let either = "  import FoundationEssentials\n#else\n  import Foundation\n"
    #expect(House(["Sources/Linter/Run.swift": either]).brokenWalls == [])
  }

  @Test func aRowThatSaysSomethingElse() throws {
    var house = try House.checkout.get()
    let page = house.files["docs/architecture.md", default: ""]
    house.files["docs/architecture.md"] = page.replacing(
      #/\| `Reporting` \| `Diagnostics` /#, with: "| `Reporting` | ")
    #expect(house.outdatedWalls == ["docs/architecture.md: the row of Reporting must name Diagnostics"])
  }

  @Test(arguments: [
    "notes.txt", "Sources/main.swift", "Sources/Parsing/Parser.swift", "Tests/all.swift",
    "Tests/ParsingTests/a.swift",
  ])
  func aFileOutsideItsRoom(_ path: String) { #expect(House([path: ""]).strayFiles == [path]) }

  @Test(arguments: [
    "Sources/Git/Helpers/Blob.swift", "Sources/Git/Utilities.swift", "Sources/Git/String+Extensions.swift",
    "Tests/Support/Common/Text.swift",
  ])
  func aNameThatSaysNothing(_ path: String) { #expect(House([path: ""]).namelessPlaces == [path]) }

  @Test(arguments: ["[]", "[ClientBeforeServerX()]", "[ClientBeforeServer(), ClientBeforeServer()]"])
  func aRuleThatTheListLacksOrHasTwice(_ list: String) {
    let broken = House([rule: "", "Sources/Rules/RuleSet.swift": list])
    #expect(broken.unlistedRules == ["ClientBeforeServer"])
    #expect(House([rule: "", "Sources/Rules/RuleSet.swift": "[ClientBeforeServer()]"]).unlistedRules == [])
  }

  @Test func aRuleWithoutCases() {
    let found = "a.yaml:1:1: error: … [client-before-server]\n"
    let page = "Tests/CommandTests/Pages/client-before-server.script"
    let enough = [
      rule: "", "\(cases)/a.out": found, "\(cases)/a.json": "", "\(cases)/b.out": found, "\(cases)/c.out": "",
      "\(cases)/d.out": "",
    ]
    #expect(House(enough).untestedRules == [])
    #expect(House([rule: ""]).untestedRules.count == 3)
    // Any of these less is too little, and a page makes up for none of them.
    for missing in ["a", "b", "c", "d"].map({ "\(cases)/\($0).out" }) + ["\(cases)/a.json"] {
      #expect(!House(enough.filter { $0.key != missing }).untestedRules.isEmpty, "\(missing) is not missed")
      #expect(!House(enough.filter { $0.key != missing }.merging([page: found]) { $1 }).untestedRules.isEmpty)
    }
    var assembly = enough
    assembly["\(cases)/a.json"] = nil
    assembly["\(cases)/a/manifest.json"] = ""
    #expect(House(assembly).untestedRules == [])
    // What no template shows.
    #expect(House([rule: "", page: found]).untestedRules == [])
    #expect(House([rule: "", page: "  $ precede check\n"]).untestedRules.count == 3)
  }

  @Test func aRuleOfChangesWithoutCases() {
    let source = "id: \"client-before-server\", needsOldSide: true"
    let changes = "Tests/Fixtures/changes"
    let found = "new error client-before-server: b\n"
    let enough = [
      rule: source, "\(changes)/a/expected.out": found, "\(changes)/a/new/manifest.json": "",
      "\(changes)/b/expected.out": found, "\(changes)/c/expected.out": "affected: none\n",
      "\(changes)/d/expected.out": "",
    ]
    #expect(House(enough).untestedRules == [])
    #expect(House([rule: source, "\(cases)/a.out": "", "\(cases)/b.out": ""]).untestedRules.count == 3)
    for missing in enough.keys where missing != rule {
      #expect(!House(enough.filter { $0.key != missing }).untestedRules.isEmpty, "\(missing) is not missed")
    }
  }

  @Test func aCaseWithoutItsText() {
    #expect(House([rule: "", "\(cases)/a.yaml": "", "\(cases)/a.out": ""]).strayCases == [])
    #expect(House([rule: "", "\(cases)/a.yaml": ""]).strayCases.count == 1)
    #expect(House([rule: "", "\(cases)/a.out": ""]).strayCases.count == 1)
    #expect(
      House([rule: "", "\(cases)/a.out": "", "\(cases)/a.yaml": "", "\(cases)/a.json": ""]).strayCases.count
        == 3)
    #expect(House(["\(cases)/a.yaml": "", "\(cases)/a.out": ""]).strayCases.count == 2)
    let assembly = "\(cases)/shop/manifest.json"
    #expect(House([rule: "", assembly: "", "\(cases)/shop/Web.template.json": ""]).strayCases.count == 2)
    #expect(House([rule: "", assembly: "", "\(cases)/shop.out": ""]).strayCases == [])
    #expect(House([rule: "", "Tests/Fixtures/rules/a.yaml": ""]).strayCases.count == 1)
  }

  @Test func aLongFile() {
    let lines = { String(repeating: "// line\n", count: $0) }
    #expect(House(["Sources/Git/Blob.swift": lines(301)]).longFiles.count == 1)
    #expect(House(["Sources/Git/Blob.swift": lines(300)]).longFiles == [])
  }

  @Test(arguments: ["let a = try! b()", "let a = b as! C", "fatalError(\"no\")"])
  func aTrapDoor(_ line: String) {
    #expect(House(["Sources/Git/Blob.swift": "\(line)\n"]).trapDoors.count == 1)
    #expect(House(["Sources/Git/Blob.swift": "// \(line)\n"]).trapDoors == [])
  }

  @Test func aTypeWithoutAComment() {
    #expect(House(["Sources/Git/Blob.swift": "import A\n\npackage struct Blob {}\n"]).silentTypes.count == 1)
    #expect(House(["Sources/Git/Blob.swift": "@main struct Blob {}\n"]).silentTypes.count == 1)
    #expect(
      House(["Sources/Git/Blob.swift": "/// Bytes.\n@frozen\npackage struct Blob {}\n"]).silentTypes == [])
    #expect(House(["Sources/Git/Blob.swift": "extension Blob {}\n"]).silentTypes == [])
  }

  private let rule = "Sources/Rules/Order/ClientBeforeServer.swift"
  private let cases = "Tests/Fixtures/rules/client-before-server"
}

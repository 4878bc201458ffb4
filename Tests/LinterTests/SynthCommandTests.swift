import Testing

@testable import Linter

/// What the shell is given, and what the command may see.
@Suite struct SynthCommandTests {
  @Test(arguments: [
    ("cdk synth -o {out}", "cdk synth -o /tmp/a"), ("x {other} \\{out} {", "x {other} \\{out} {"),
    ("'{root}' {root}", "'/it'\\''s $HOME' '/it'\\''s $HOME'"),
    ("\"{root}\" {out}", "\"/it's \\$HOME\" /tmp/a"), ("\"a'{root}\"", "\"a'/it's \\$HOME\""),
    ("'\"{root}\"'", "'\"/it'\\''s $HOME\"'"),
  ])
  func placeholdersAreReadAsTheyAre(command: String, expected: String) {
    let found = SynthCommand(text: command).replacing(["out": "/tmp/a", "root": "/it's $HOME"])
    #expect(found == expected)
  }

  @Test func secretsAreLeftOut() {
    let names = [
      "AWS_PROFILE", "ACTIONS_ID_TOKEN_REQUEST_URL", "GITHUB_TOKEN", "npm_config__authToken", "CLIENT_SECRET",
      "PASSWORD", "GIT_INDEX_FILE", "PATH", "HOME", "LAWS_X",
    ]
    let all = Dictionary(uniqueKeysWithValues: names.map { ($0, "x") })
    #expect(
      SynthCommand.variables(all, keeping: ["GITHUB_TOKEN"]).keys.sorted() == [
        "GITHUB_TOKEN", "HOME", "LAWS_X", "PATH",
      ])
  }
}

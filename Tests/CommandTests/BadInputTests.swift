import Testing

/// No input ends the program otherwise than with a report, in bounded time and memory.
@Suite struct BadInputTests {
  @Test(arguments: BadInput.unreadable + BadInput.excessive) func template(input: BadInput) throws {
    let run = try LimitedRun(["check", "--all", input.path], files: [(input.path, input.bytes())])
    #expect(run.status == (input.says == nil ? 0 : 1), "\(run.text.prefix(1000))")
    if let says = input.says { #expect(run.text.contains(says), "\(run.text.prefix(1000))") }
  }

  /// The `artifacts` of a manifest, beside which lies one template.
  @Test(arguments: [
    "[]", "\"x\"", "null", "1", #"{"A": []}"#, #"{"A": null}"#, #"{"A": {"type": []}}"#,
    #"{"A": {"type": "aws:cloudformation:stack"}}"#,
    #"{"A": {"type": "aws:cloudformation:stack", "properties": []}}"#,
    #"{"A": {"type": "aws:cloudformation:stack", "properties": {"templateFile": {}}}}"#,
    // Names itself; stands for two stacks that wait for each other and for what is not there; leads back to its folder.
    #"{"A": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "manifest.json"}}}"#,
    """
    {"A": {"type": "aws:cloudformation:stack", "dependencies": ["A", "B", []], "properties": \
    {"templateFile": "A.template.json", "parameters": [], "stackName": []}},
    "B": {"type": "aws:cloudformation:stack", "dependencies": ["A", "C"], "properties": \
    {"templateFile": "A.template.json"}}}
    """,
    """
    {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "."}},
    "B": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "../cdk.out"}}}
    """,
  ]) func manifest(artifacts: String) throws {
    let run = try LimitedRun(
      ["check", "--all", "."], files: Self.assembly(Array(#"{"version": "1", "artifacts": \#(artifacts)}"#.utf8)))
    #expect(run.status == 0, "\(run.text)")
  }

  @Test(arguments: ["no.template.json", "", ".", "/", "A.template.json/x", "\\u0000", "a\\nb"])
  func missingTemplate(name: String) throws {
    let artifact = #"{"type": "aws:cloudformation:stack", "properties": {"templateFile": "\#(name)"}}"#
    let run = try LimitedRun(
      ["check", "--all", "."],
      files: Self.assembly(Array(#"{"version": "1", "artifacts": {"A": \#(artifact)}}"#.utf8)))
    #expect(run.status == 1, "\(run.text)")
    #expect(run.text.contains("the manifest names it for stack A, and it does not exist"))
  }

  @Test(arguments: ["..", "../outside.json", "../../../../../../../../../etc/passwd", "a/../../outside.json"])
  func templateOutsideOfTheAssembly(name: String) throws {
    let artifact = #"{"type": "aws:cloudformation:stack", "properties": {"templateFile": "\#(name)"}}"#
    let files = Self.assembly(Array(#"{"version": "1", "artifacts": {"A": \#(artifact)}}"#.utf8))
    let run = try LimitedRun(
      ["check", "--all", "cdk.out"], files: files + [("outside.json", Array("secret: [AWS::ECS::".utf8))])
    #expect(run.status == 1, "\(run.text)")
    #expect(run.text.contains("the manifest names it for stack A, and it lies outside of the assembly"))
    #expect(!run.text.contains("secret") && !run.text.contains("root:"))
  }

  @Test func manifestAboveTheLimit() throws {
    var manifest = Array(#"{"version": "1", "artifacts": {}, "Resources": "AWS::ECS::"}"#.utf8)
    manifest += repeatElement(UInt8(ascii: " "), count: (64 << 20) + 1 - manifest.count)
    let run = try LimitedRun(["check", "--all", "."], files: Self.assembly(manifest))
    #expect(run.status == 1, "\(run.text)")
    #expect(run.text.contains("it is 67108865 bytes long, and more than 67108864 are not read"))
  }

  private static func assembly(_ manifest: [UInt8]) -> [(path: String, bytes: [UInt8])] {
    [
      ("cdk.out/manifest.json", manifest),
      ("cdk.out/A.template.json", Array(#"{"Resources": {"A": {"Type": "AWS::ECS::Service"}}}"#.utf8)),
    ]
  }
}

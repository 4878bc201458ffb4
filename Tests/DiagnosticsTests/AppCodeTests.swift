import Diagnostics
import Testing

/// Statements of a CDK app in its languages, as https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html spells them.
@Suite struct AppCodeTests {
  @Test(
    arguments: [
      (.typeScript, "(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)"),
      (.javaScript, "client.node.defaultChild.addDependency(server.node.defaultChild)"),
      (.python, "client.node.default_child.add_dependency(server.node.default_child)"),
      (
        .java,
        "((CfnService) client.getNode().getDefaultChild()).addDependency((CfnService) server.getNode().getDefaultChild());"
      ),
      (.cSharp, "((CfnService) client.Node.DefaultChild).AddDependency((CfnService) server.Node.DefaultChild);"),
      (
        .go,
        "client.Node().DefaultChild().(awsecs.CfnService).AddDependency(server.Node().DefaultChild().(awsecs.CfnService))"
      ),
    ] as [(AppLanguage, String)])
  func ordersServices(language: AppLanguage, text: String) {
    let code: AppCode = "(client.node.defaultChild as CfnService).addDependency(server.node.defaultChild as CfnService)"
    #expect(code.text(in: language) == text)
  }

  @Test(
    arguments: [
      (.typeScript, "service.node.defaultChild!.node.addDependency(role.node.findChild('DefaultPolicy'))"),
      (.javaScript, "service.node.defaultChild.node.addDependency(role.node.findChild('DefaultPolicy'))"),
      (.python, "service.node.default_child.node.add_dependency(role.node.find_child('DefaultPolicy'))"),
      (
        .java,
        "service.getNode().getDefaultChild().getNode().addDependency(role.getNode().findChild(\"DefaultPolicy\"));"
      ),
      (.cSharp, "service.Node.DefaultChild.Node.AddDependency(role.Node.FindChild(\"DefaultPolicy\"));"),
      (
        .go,
        "service.Node().DefaultChild().Node().AddDependency(role.Node().FindChild(jsii.String(\"DefaultPolicy\")))"
      ),
    ] as [(AppLanguage, String)])
  func ordersAnything(language: AppLanguage, text: String) {
    let code: AppCode = "service.node.defaultChild!.node.addDependency(role.node.findChild('DefaultPolicy'))"
    #expect(code.text(in: language) == text)
  }

  @Test(
    arguments: [
      ("npx ts-node --prefer-ts-exts bin/app.ts", .typeScript), ("npx tsx bin/app.mts", .typeScript),
      ("node bin/app.js", .javaScript), ("node --enable-source-maps dist/app.mjs", .javaScript),
      ("python3 app.py", .python), (".venv/bin/python app.py", .python), ("uv run app.py", .python),
      ("mvn -e -q compile exec:java", .java), ("./gradlew run", .java), ("dotnet run --project src", .cSharp),
      ("go mod download && go run app.go", .go), ("bin/app", nil), ("", nil),
    ] as [(String, AppLanguage?)])
  func isToldByTheCommand(command: String, language: AppLanguage?) {
    #expect(AppLanguage(command: command) == language)
  }
}

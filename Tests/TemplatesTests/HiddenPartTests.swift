import Support
import Templates
import Testing

@Suite struct HiddenPartTests {
  /// What stands beside `Resources`, a resource `A`, and what of the template is hidden.
  @Test(arguments: [
    ("Transform: AWS::Serverless-2016-10-31", "{}", []),
    ("Transform: [AWS::LanguageExtensions, AWS::CodeDeployBlueGreen]", "{}", []),
    ("Transform:", "{}", []),
    ("Transform: null", "{}", []),
    ("Transform: Tags", "{}", ["macro Tags: template"]),
    ("Transform: [AWS::Serverless-2016-10-31, {Name: Tags}]", "{}", ["macro Tags: template"]),
    ("Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}", "{}", ["include: resources"]),
    ("Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}", "{}", ["include: resources"]),
    ("Fn::Transform: {Name: Tags}", "{}", ["macro Tags: template"]),
    ("Metadata: {Fn::Transform: {Name: Tags}}", "{}", []),
    ("Version: 1", "{Properties: {Fn::Transform: {Name: AWS::Include}}}", ["include: A"]),
    ("Version: 1", "{Properties: {P: [!Transform {Name: Tags}]}}", ["macro Tags: A"]),
    ("Version: 1", "{DependsOn: {Fn::Transform: {Name: Tags}}}", ["macro Tags: A"]),
    ("Version: 1", "{Properties: {P: !Rain::Embed file}}", ["rain !Rain::Embed: A"]),
    ("Version: 1", "{DependsOn: !If [C, A, B], Properties: {P: {Ref: !Sub '${P}'}}}", []),
    ("Transform: AWS::LanguageExtensions", "{DependsOn: !If [C, A, B]}", ["name: A"]),
    ("Modules: {Web: {Source: web.yaml}}", "{}", ["rain Modules: resources"]),
  ])
  func all(beside: String, body: String, expected: [String]) throws {
    let template = try Self.template(beside, body)
    #expect(template.hiddenParts.map { Self.text(of: $0, in: template) } == expected)
    #expect(template.resources.map(\.logicalID) == ["A"])
  }

  @Test func anIncludeAmongResourcesIsNone() throws {
    let template = try Template(
      parsing: "Resources: {A: {Type: 'X::Y'}, Fn::Transform: {Name: AWS::Include}}")
    #expect(template.resources.map(\.logicalID) == ["A"])
    #expect(template.hiddenParts.map { Self.text(of: $0, in: template) } == ["include: resources"])
  }

  @Test(arguments: [
    ("My::Web::Site::MODULE", "module My::Web::Site::MODULE"), ("!Rain::Module web.yaml", "rain !Rain::Module"),
  ])
  func aModuleMakesResources(type: String, expected: String) throws {
    let template = try Template(parsing: "Resources: {A: {Type: \(type)}}")
    #expect(template.hiddenParts.map { Self.text(of: $0, in: template) } == ["\(expected): resources"])
  }

  /// Which names may be those of resources that the template does not write.
  @Test(arguments: [
    ("Version: 1", "AWS::Serverless::Function", "ARole", false),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Serverless::Function", "ARole", true),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Serverless::Function", "AAliaslive", true),
    ("Transform: [AWS::Serverless-2016-10-31]", "AWS::Serverless::Api", "AProdStage", true),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Lambda::Function", "ServerlessRestApi", true),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Lambda::Function", "ServerlessHttpApi", true),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Lambda::Function", "ARole", false),
    ("Transform: AWS::Serverless-2016-10-31", "AWS::Serverless::Function", "Bucket", false),
    ("Version: 1", "My::Web::Site::MODULE", "A.Bucket", true),
    ("Version: 1", "My::Web::Site::MODULE", "ABucket", true),
    ("Transform: Tags", "X::Y", "Bucket", true),
    ("Transform: AWS::Include", "X::Y", "Bucket", true),
    ("Modules: {Web: {Source: web.yaml}}", "X::Y", "WebBucket", true),
  ])
  func mayHave(beside: String, type: String, name: String, expected: Bool) throws {
    let template = try Template(parsing: "\(beside)\nResources: {A: {Type: '\(type)'}}")
    #expect(template.mayHave(name) == expected)
  }

  private static func template(_ beside: String, _ body: String) throws -> Template {
    let attributes = body == "{}" ? "" : ", " + body.dropFirst().dropLast()
    return try Template(parsing: "\(beside)\nResources: {A: {Type: 'X::Y'\(attributes)}}")
  }

  private static func text(of part: HiddenPart, in template: Template) -> String {
    let reason =
      switch part.reason {
      case .macro(let name): "macro \(name)"
      case .include: "include"
      case .loop: "loop"
      case .computedName: "name"
      case .rain(let name): "rain \(name)"
      case .module(let type): "module \(type)"
      }
    return switch part.extent {
    case .template: "\(reason): template"
    case .resources: "\(reason): resources"
    case .resource(let index): "\(reason): \(template.resources[index].logicalID)"
    }
  }
}

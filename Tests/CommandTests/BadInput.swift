import Support

/// A file that no honest person writes: how it is made, and what the command has to say of it.
struct BadInput: Sendable, CustomStringConvertible {
  let description: String
  let path: String
  /// What the report must contain; `nil` when there is nothing to report.
  let says: String?
  let bytes: @Sendable () -> [UInt8]

  init(_ description: String, _ path: String, says: String?, _ text: @escaping @Sendable () -> String) {
    self.init(description, path, says: says, bytes: { Array(text().utf8) })
  }

  init(_ description: String, _ path: String, says: String?, bytes: @escaping @Sendable () -> [UInt8]) {
    self.description = description
    self.path = path
    self.says = says
    self.bytes = bytes
  }
}

// MARK: Text

extension BadInput {
  private static let ecs = "Resources:\n  A:\n    Type: AWS::ECS::Service\n"
  private static let tooDeep = "more than 256 levels"
  private static let tooManyNodes = "more than 2000000 nodes"

  /// What stops a reader.
  static let unreadable: [BadInput] = [
    BadInput("billion laughs", "a.yaml", says: tooManyNodes) {
      let levels = zip("abcdefgh", "bcdefghi").map { "\($1): &\($1) [\(list(of: "*\($0)", 9))]\n" }
      return "a: &a [\(list(of: "x", 9))]\n\(levels.joined())\(ecs)    Properties: {A: *i}\n"
    },
    BadInput("nested brackets in JSON", "a.json", says: tooDeep) {
      "{\"AWS::ECS::Service\": \"Resources\", \"a\": " + repeated("[", 1_000_000)
    },
    BadInput("nested brackets in YAML", "a.yaml", says: tooDeep) { ecs + "b: " + repeated("[", 1_000_000) },
    BadInput("nested braces in YAML", "a.yaml", says: tooDeep) { ecs + "b: " + repeated("{a: ", 300_000) },
    BadInput("nested dashes in YAML", "a.yaml", says: tooDeep) { ecs + "b:\n" + repeated("- ", 300_000) },
    BadInput("nested question marks in YAML", "a.yaml", says: "a key must be a scalar") {
      ecs + "b:\n  " + repeated("? ", 300_000)
    },
    BadInput("a megabyte of colons in a key", "a.yaml", says: "unterminated string") {
      ecs + "  \"" + repeated(": ", 500_000)
    },
    BadInput("NUL in JSON", "a.json", says: "control character") {
      "{\"Resources\": {\"A\0\": {\"Type\": \"AWS::ECS::Service\"}}}"
    },
    BadInput("NUL in YAML", "a.yaml", says: "control character") { ecs + "    Metadata: \"\0\"\n" },
    BadInput("invalid UTF-8 in JSON", "a.json", says: "not UTF-8") {
      Array("{\"Resources\": {\"A".utf8) + [0xFF] + Array("\": {\"Type\": \"AWS::ECS::Service\"}}}".utf8)
    },
    BadInput("invalid UTF-8 in YAML", "a.yaml", says: "not UTF-8") { Array(ecs.utf8) + [0x42, 0xC3, 0x3A, 0x0A] },
    BadInput("UTF-16, little end first", "a.yaml", says: "UTF-16") { ecs.utf16.flatMap { [UInt8($0), 0] } },
    BadInput("UTF-16, big end first", "a.yaml", says: "UTF-16") { ecs.utf16.flatMap { [0, UInt8($0)] } },
    BadInput("UTF-16 with a mark", "a.yaml", says: "UTF-16") { [0xFF, 0xFE] + ecs.utf16.flatMap { [UInt8($0), 0] } },
    BadInput("5 MiB and a byte", "a.yaml", says: "5242881 bytes") {
      ecs + repeated(" ", (5 << 20) + 1 - ecs.utf8.count)
    },
    BadInput("10,000 Fn::If inside one another", "a.json", says: tooDeep) {
      task(repeated("{\"Fn::If\": [\"c\", ", 10_000) + "\"a\"" + repeated(", \"b\"]}", 10_000))
    },
    BadInput("10,000 Fn::Join inside one another", "a.json", says: tooDeep) {
      task(repeated("{\"Fn::Join\": [\"\", [", 10_000) + "\"a\"" + repeated("]]}", 10_000))
    },
    BadInput("aliases that nest deeper and deeper", "a.yaml", says: tooDeep) {
      ecs + "a0: &a0 []\n" + (1...300).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    },
  ]

  /// What can be read, and is more than anybody needs.
  static let excessive: [BadInput] = [
    BadInput("a key of a megabyte in JSON", "a.json", says: "Circular dependency") {
      let key = repeated("K", 1_000_000)
      return "{\"Resources\": {\"\(key)\": {\"Type\": \"AWS::ECS::Service\", \"DependsOn\": \"\(key)\"}}}"
    },
    BadInput("a key of a megabyte in YAML", "a.yaml", says: nil) {
      ecs + "  ? " + repeated("K", 1_000_000) + "\n  : {}\n"
    },
    BadInput("halves of surrogate pairs", "a.json", says: nil) {
      #"{"Resources": {"\ud800": {"Type": "AWS::ECS::Service", "Properties": {"\udc00\ud800": "\ud800x"}}}}"#
    },
    BadInput("5 MiB", "a.yaml", says: nil) { ecs + repeated(" ", (5 << 20) - ecs.utf8.count) },
    BadInput("120 Fn::If inside one another", "a.json", says: nil) {
      task(repeated("{\"Fn::If\": [\"c\", ", 120) + "\"a\"" + repeated(", \"b\"]}", 120))
    },
    BadInput("240 lists inside one another", "a.json", says: nil) {
      task(repeated("[", 240) + "{\"Fn::Sub\": \"${B}\"}" + repeated("]", 240))
    },
    BadInput("aliases that nest as deep as allowed", "a.yaml", says: "Unresolved resource dependencies [B]") {
      ecs + "    Metadata:\n      a0: &a0 {Ref: B}\n"
        + (1...240).map { "      a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    },
    BadInput("Fn::Sub with 100,000 variables", "a.json", says: "Unresolved resource dependencies") {
      task("{\"Fn::Sub\": \"" + (0..<100_000).map { "${V\($0)}" }.joined() + "\"}")
    },
    BadInput("Fn::Sub with 50,000 variables of its own", "a.json", says: nil) {
      let names = (0..<50_000).map { "V\($0)" }
      return task(
        "{\"Fn::Sub\": [\"" + names.map { "${\($0)}" }.joined() + "\", {"
          + names.map { "\"\($0)\": \"h\"" }.joined(separator: ", ") + "}]}")
    },
    BadInput("Fn::Sub that never closes", "a.json", says: nil) {
      task("{\"Fn::Sub\": \"" + repeated("${", 500_000) + "\"}")
    },
    BadInput("Fn::Join of 100,000 hosts", "a.json", says: nil) {
      task("{\"Fn::Join\": [\",\", [" + (0..<100_000).map { "\"h\($0):80\"" }.joined(separator: ", ") + "]]}")
    },
    BadInput("Fn::Join of 20,000 conditions", "a.json", says: nil) {
      task(
        "{\"Fn::Join\": [\",\", ["
          + (0..<20_000).map { "{\"Fn::If\": [\"c\($0)\", \"a\", \"b\"]}" }.joined(separator: ", ") + "]]}")
    },
    BadInput("imports that double at every step", "a.json", says: nil) {
      let outputs = (0..<40).map { number in
        let next = "{\"Fn::ImportValue\": \"E\(number + 1)\"}"
        return
          "\"O\(number)\": {\"Export\": {\"Name\": \"E\(number)\"}, \"Value\": {\"Fn::Join\": [\"\", [\(next), \(next)]]}}"
      }
      return task("{\"Fn::ImportValue\": \"E0\"}", ", \"Outputs\": {\(outputs.joined(separator: ", "))}")
    },
    BadInput("imports in a circle", "a.json", says: nil) {
      let value = "{\"Fn::Join\": [\"\", [{\"Fn::ImportValue\": \"E\"}, {\"Fn::ImportValue\": \"E\"}]]}"
      return task(
        "{\"Fn::ImportValue\": \"E\"}", ", \"Outputs\": {\"O\": {\"Export\": {\"Name\": \"E\"}, \"Value\": \(value)}}")
    },
    BadInput("a mapping that doubles at every step", "a.json", says: nil) {
      let keys = (0..<40).map { number in
        let next = "{\"Fn::FindInMap\": [\"M\", \"k\(number + 1)\", \"v\"]}"
        return "\"k\(number)\": {\"v\": {\"Fn::Join\": [\"\", [\(next), \(next)]]}}"
      }
      return task(
        "{\"Fn::FindInMap\": [\"M\", \"k0\", \"v\"]}", ", \"Mappings\": {\"M\": {\(keys.joined(separator: ", "))}}")
    },
    BadInput("a command of 100,000 pairs", "a.json", says: nil) { task("\"" + repeated("a:1,", 100_000) + "\"") },
    BadInput("100,000 schemes", "a.json", says: nil) { task("\"" + repeated("a://", 100_000) + "\"") },
    BadInput("500 resources with 500 references each", "a.json", says: "Circular dependency") {
      let all = (0..<500).map { "{\"Ref\": \"R\($0)\"}" }.joined(separator: ",")
      return resources(500) { _ in "\"Properties\": [\(all)]" }
    },
    BadInput("500 resources that wait for all before them", "a.json", says: nil) {
      resources(500) { number in
        "\"DependsOn\": [" + (0..<number).map { "\"R\($0)\"" }.joined(separator: ",") + "]"
      }
    },
    BadInput("10,000 services in one line", "a.json", says: "Unresolved resource dependencies [R10000]") {
      resources(10_000) { "\"DependsOn\": \"R\($0 + 1)\"" }
    },
    BadInput("10,000 services in a circle", "a.json", says: "Circular dependency") {
      resources(10_000) { "\"DependsOn\": \"R\(($0 + 1) % 10_000)\"" }
    },
    BadInput("one resource 100,000 times", "a.json", says: nil) {
      "{\"Resources\": {" + list(of: "\"A\": {\"Type\": \"AWS::ECS::Service\"}", 100_000) + "}}"
    },
    BadInput("sections of wrong types", "a.json", says: "DependsOn must be") {
      """
      {"Parameters": [], "Mappings": "x", "Conditions": null, "Outputs": [{}], "Metadata": 1, "Resources": {
        "A": [], "B": null, "C": "AWS::ECS::Service", "D": {"Type": ["AWS::ECS::Service"]},
        "E": {"Type": "AWS::ECS::Service", "Properties": [], "DependsOn": {"a": 1}},
        "F": {"Type": "AWS::ECS::Service", "Properties": {
          "TaskDefinition": [], "ServiceConnectConfiguration": "x", "Cluster": {}}}}}
      """
    },
  ]

  /// A template with a service that names a server in one variable, and sections behind its resources.
  private static func task(_ value: String, _ sections: String = "") -> String {
    """
    {"Resources": {
      "N": {"Type": "AWS::ServiceDiscovery::HttpNamespace", "Properties": {"Name": "n"}},
      "B": {"Type": "AWS::ECS::Service", "Properties": {"ServiceConnectConfiguration": {
        "Namespace": {"Ref": "N"}, "Services": [{"PortName": "p", "ClientAliases": [{"DnsName": "db", "Port": 1}]}]}}},
      "A": {"Type": "AWS::ECS::Service", "Properties": {
        "TaskDefinition": {"Ref": "T"}, "ServiceConnectConfiguration": {"Namespace": {"Ref": "N"}}}},
      "T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [
        {"Name": "c", "Environment": [{"Name": "HOST", "Value": \(value)}]}]}}}\(sections)}
    """
  }

  private static func resources(_ count: Int, _ attributes: (Int) -> String) -> String {
    let resources = (0..<count).map { "\"R\($0)\": {\"Type\": \"AWS::ECS::Service\", \(attributes($0))}" }
    return "{\"Resources\": {" + resources.joined(separator: ", ") + "}}"
  }

  private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  private static func list(of text: String, _ count: Int) -> String {
    repeatElement(text, count: count).joined(separator: ", ")
  }
}

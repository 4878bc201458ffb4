import Deployment
import Templates

/// The configurations that AppConfig hosts, and which tasks read them.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appconfig-hostedconfigurationversion.html
struct HostedConfigurations {
  struct Configuration {
    let id: ResourceID
    let clue: Clue
  }

  private(set) var all: [Configuration] = []
  /// Indices of configurations by the hole that their application or profile makes in a text, and by its name.
  private var byHole: [Unicode.Scalar: [Int]] = [:]
  private var byName: [String: [Int]] = [:]

  init(_ reader: ClueReader) {
    let evaluator = reader.evaluator
    for id in evaluator.group.resourceIDs(ofTypes: ["AWS::AppConfig::HostedConfigurationVersion"]) {
      guard let properties = evaluator.group[id].properties, let content = properties["Content"]
      else { continue }
      for node in ["ApplicationId", "ConfigurationProfileId"].compactMap({ properties[$0] }) {
        for text in evaluator.texts(of: node, in: id.stack) { addReference(text, evaluator) }
      }
      let clue = Clue(
        kind: .configuration, label: nil, name: nil, texts: reader.texts(Conditional(content), id.stack), port: nil,
        place: .node(content, stack: id.stack))
      all.append(Configuration(id: id, clue: clue))
    }
  }

  private mutating func addReference(_ text: String, _ evaluator: Evaluator) {
    guard let scalar = text.unicodeScalars.first, let hole = evaluator.holes.soleHole(in: text) else { return }
    byHole[scalar, default: []].append(all.count)
    guard case .resource(let id, _) = hole, let node = evaluator.group[id].properties?["Name"],
      let name = evaluator.text(of: node, in: id.stack)
    else { return }
    byName[name, default: []].append(all.count)
  }

  /// The configurations that a task's texts ask for: by `Ref` of the application or profile; by name in a path of the
  /// AppConfig agent or a variable for it, since alone the name may be a common word.
  ///
  /// https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent.html
  func named(by clues: [Clue]) -> [Configuration] {
    guard !all.isEmpty else { return [] }
    var found: Set<Int> = []
    for clue in clues {
      let isForAppConfig = clue.label?.name.uppercased().replacing("_", with: "").contains("APPCONFIG") ?? false
      for text in clue.texts.map(\.value) {
        for scalar in text.unicodeScalars { found.formUnion(byHole[scalar] ?? []) }
        guard isForAppConfig || text.contains("applications/") || text.contains("configurations/") else { continue }
        for part in text.split(whereSeparator: { "/:,;".contains($0) }) { found.formUnion(byName[String(part)] ?? []) }
      }
    }
    return found.sorted().map { all[$0] }
  }
}

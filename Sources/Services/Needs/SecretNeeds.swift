import Deployment
import Templates

/// Secrets and parameters that ECS reads when it starts a task, named by a text; and the attachment that writes host and
/// port into a secret.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
struct SecretNeeds: NeedSource {
  private let table: ResourceTable
  private let stored: StoredTexts
  /// What adds the address of a database, by secret.
  private var attachments: [ResourceID: [Need.Provider]] = [:]
  private let isEmpty: Bool

  init(_ table: ResourceTable) {
    self.table = table
    isEmpty = table.all("AWS::SecretsManager::Secret", "AWS::SSM::Parameter").isEmpty
    stored = StoredTexts(table.evaluator)
    for id in table.all("AWS::SecretsManager::SecretTargetAttachment") {
      let node = table.properties(of: id)?["SecretId"]
      for secret in table.targets(of: node, in: id.stack) {
        attachments[secret.value, default: []].append(table.provider(id, shownBy: node, when: secret.premises))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !isEmpty, let task = service.taskDefinition?.id else { return [] }
    return table.elements(of: table.properties(of: task)?["ContainerDefinitions"], in: task.stack)
      .flatMap { container -> [Need] in
        sources(in: container.value, task.stack).flatMap { source in
          table.values(of: source.node.value, in: task.stack).flatMap { text -> [Need] in
            guard let (id, key) = stored.resource(named: text.value, in: task.stack) else { return [] }
            let premises = container.premises + source.node.premises + text.premises
            let written = key.map { isWrittenLater($0, into: id) } ?? false ? attachments[id] ?? [] : []
            return ([table.provider(id, shownBy: nil)] + written).map { provider in
              Need(
                service: service, kind: .secret, subject: provider.name, purpose: source.purpose,
                providers: [provider], isMetByOne: false, spot: table.spot(of: source.node.value, task),
                ways: [premises])
            }
          }
        }
      }
  }

  /// Whether a key is in a secret only when that is attached to a database.
  private func isWrittenLater(_ key: String, into secret: ResourceID) -> Bool {
    let properties = table.properties(of: secret)
    let value = properties?["SecretString"] ?? properties?["GenerateSecretString"]?["SecretStringTemplate"]
    return writtenByAttachment.contains(key)
      && table.texts(of: value, in: secret.stack).allSatisfy { StructuredText.value(of: key, in: $0) == nil }
  }

  /// A place that names a secret or parameter, and what for.
  private struct Source {
    let node: Conditional<Node>
    let purpose: String?
  }

  private func sources(in container: Node, _ stack: Int) -> [Source] {
    let logging = container["LogConfiguration"].map { table.evaluator.branches(of: $0, in: stack) } ?? []
    let lists =
      [Conditional(container["Secrets"])]
      + logging.map { Conditional($0.value["SecretOptions"], when: $0.premises) }
    let variables = lists.flatMap { list in
      table.elements(of: list.value, in: stack).compactMap { entry in
        entry.value["ValueFrom"].map {
          Source(
            node: Conditional($0, when: list.premises + entry.premises),
            purpose: entry.value["Name"].flatMap { table.evaluator.text(of: $0, in: stack) })
        }
      }
    }
    let registry = container["RepositoryCredentials"]?["CredentialsParameter"]
    return variables + [registry.map { Source(node: Conditional($0), purpose: nil) }].compactMap(\.self)
  }
}

/// The keys that attaching a secret to a database adds.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html
private let writtenByAttachment: Set<String> = [
  "engine", "host", "port", "dbname", "dbInstanceIdentifier", "dbClusterIdentifier",
]

import Deployment
import Templates

/// Log groups that containers write to by the `awslogs` driver, which starts no container without them. A name that is
/// written out, or built from the same parts on both sides, is no reference.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
struct LogGroupNeeds: NeedSource {
  private let table: ResourceTable
  /// By name, with what must hold for it.
  private var groups: [String: [Conditional<ResourceID>]] = [:]

  init(_ table: ResourceTable) {
    self.table = table
    for id in table.all("AWS::Logs::LogGroup") {
      for name in table.values(of: table.properties(of: id)?["LogGroupName"], in: id.stack) {
        groups[name.value, default: []].append(Conditional(id, when: name.premises))
      }
    }
  }

  func needs(of service: Service) -> [Need] {
    guard !groups.isEmpty else { return [] }
    let connect = table.properties(of: service.id)?["ServiceConnectConfiguration"]
    let own = (connect.map { table.evaluator.branches(of: $0, in: service.id.stack) } ?? [])
      .compactMap { configuration in configuration.value["LogConfiguration"].map { configuration.with($0) } }
    return own.flatMap { needs(of: service, $0, service.id) } + containers(of: service)
  }

  private func containers(of service: Service) -> [Need] {
    guard let task = service.taskDefinition?.id else { return [] }
    return table.elements(of: table.properties(of: task)?["ContainerDefinitions"], in: task.stack).flatMap {
      container in
      container.value["LogConfiguration"].map { needs(of: service, container.with($0), task) } ?? []
    }
  }

  /// - Parameter holder: the resource that holds the configuration.
  private func needs(of service: Service, _ logging: Conditional<Node>, _ holder: ResourceID) -> [Need] {
    table.evaluator.branches(of: logging.value, in: holder.stack).flatMap { configuration -> [Need] in
      guard table.texts(of: configuration.value["LogDriver"], in: holder.stack) == ["awslogs"] else { return [] }
      let options = configuration.value["Options"].map { table.evaluator.branches(of: $0, in: holder.stack) } ?? []
      return options.flatMap { options -> [Need] in
        guard let node = options.value["awslogs-group"], !mayCreate(options.value, holder.stack) else { return [] }
        let premises = logging.premises + configuration.premises + options.premises
        return table.values(of: node, in: holder.stack).flatMap { name in
          (groups[name.value] ?? []).map { group in
            Need(
              service: service, kind: .logGroup, subject: table.group[group.value].logicalID,
              providers: [table.provider(group.value, shownBy: nil, when: group.premises)], isMetByOne: false,
              spot: table.spot(of: node, holder), ways: [premises + name.premises])
          }
        }
      }
    }
  }

  /// Whether the driver makes the log group where there is none.
  private func mayCreate(_ options: Node, _ stack: Int) -> Bool {
    guard let node = options["awslogs-create-group"] else { return false }
    return table.texts(of: node, in: stack).contains { $0.lowercased() != "false" }
  }
}

extension Conditional {
  /// Another value under the same premises.
  fileprivate func with<Other>(_ other: Other) -> Conditional<Other> { Conditional<Other>(other, when: premises) }
}

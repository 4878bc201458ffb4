import Deployment

/// What a change does to the services that both sides have.
package struct ServiceUpdates: Sendable {
  private let former: FormerResources
  private let updates: [ResourceID: ServiceUpdate]

  package init(from old: ServiceModel?, to new: ServiceModel, _ former: FormerResources) {
    self.former = former
    var updates: [ResourceID: ServiceUpdate] = [:]
    for service in new.services {
      guard let before = old?[service.name] else { continue }
      let tasks = (before: before.taskDefinition?.id, now: service.taskDefinition?.id)
      updates[service.id] = ServiceUpdate(
        changed: former.changedProperties(of: service.id, since: before.id),
        changedTask: tasks.now.flatMap { task in
          tasks.before.map { former.changedProperties(of: task, since: $0) }
        } ?? [])
    }
    self.updates = updates
  }

  /// `nil` for a new service, or without an old side.
  package func update(of service: Service) -> ServiceUpdate? { updates[service.id] }

  /// The create-only properties that differ.
  package func replacingProperties(of service: Service) -> [String] {
    former.changedProperties(of: service.id).intersection(ServiceUpdate.replacing).sorted()
  }
}

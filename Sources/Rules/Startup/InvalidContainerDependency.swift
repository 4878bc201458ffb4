import Deployment
import Diagnostics
import Services

/// A dependency between the containers of a task that ECS refuses, or that never comes true.
///
/// https://github.com/boto/boto3/issues/2436
struct InvalidContainerDependency: Rule {
  static let description = RuleDescription(
    id: "invalid-container-dependency", severity: .error, group: .startup,
    summary: "a dependency between containers that ECS refuses")

  func check(_ change: Change) -> [Diagnostic] {
    let services = change.affectedServices
    guard !services.isEmpty else { return [] }
    let resolver = ResourceResolver(change.new)
    var seen: Set<ResourceID> = []
    return services.flatMap { service -> [Diagnostic] in
      // A task definition of two services has one fault, which stands at the first of them.
      guard let task = service.taskDefinition, seen.insert(task.id).inserted else { return [] }
      let containers = resolver.containers(of: task)
      guard containers.all.contains(where: { !resolver.presence(of: "DependsOn", in: $0).isEmpty }),
        !resolver.mayHaveMore(task.id)
      else { return [] }
      var judge = ContainerJudge(service, task, TaskContainers(containers, resolver), change)
      return judge.diagnostics()
    }
  }
}

/// The containers of a task and what they wait for.
private struct TaskContainers {
  struct Container {
    let name: String
    let part: Part
    /// When it is surely or perhaps not essential.
    let notEssential: [[Premise]]
    let hasHealthCheck: [[Premise]]
    let waits: [Wait]
  }

  struct Wait {
    let name: String
    let condition: String
    let part: Part
  }

  let all: [Container]
  let byName: [String: [Int]]
  /// Whether there are no others.
  let areComplete: Bool

  init(_ containers: Parts, _ resolver: ResourceResolver) {
    var all: [Container] = []
    for part in containers.all {
      guard let name = resolver.setting("Name", in: part).text else { continue }
      let essential = resolver.setting("Essential", in: part)
      let waits = resolver.parts("DependsOn", in: part).all.compactMap { wait -> Wait? in
        guard let name = resolver.setting("ContainerName", in: wait).text else { return nil }
        return Wait(name: name, condition: resolver.setting("Condition", in: wait).text ?? "", part: wait)
      }
      all.append(
        Container(
          name: name, part: part, notEssential: essential.premises { $0?.lowercased() != "true" },
          hasHealthCheck: resolver.presence(of: "HealthCheck", in: part), waits: waits))
    }
    self.all = all
    byName = Dictionary(grouping: all.indices) { all[$0].name }
    areComplete = containers.isComplete && all.count == containers.all.count
  }
}

/// Looks for the faults of one task definition.
private struct ContainerJudge {
  private let service: Service
  private let task: String
  private let identity: [String]
  private let containers: TaskContainers
  private let language: SourceLanguage
  private var circumstances: Circumstances

  init(_ service: Service, _ task: TaskDefinition, _ containers: TaskContainers, _ change: Change) {
    self.service = service
    self.task = change.new.group[task.id].logicalID
    identity = [change.new.group.template(of: task.id).path.description, self.task]
    self.containers = containers
    language = change.language(of: task.id)
    circumstances = Circumstances(of: service, in: change)
  }

  mutating func diagnostics() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for container in containers.all {
      for wait in container.waits {
        if let diagnostic = judge(wait, of: container) { found.append(diagnostic) }
      }
    }
    return found + circles()
  }

  private mutating func judge(_ wait: TaskContainers.Wait, of container: TaskContainers.Container) -> Diagnostic? {
    let targets = (containers.byName[wait.name] ?? []).map { containers.all[$0] }
    if containers.areComplete,
      let found = circumstances.found(wait.part.premises, without: targets.map(\.part.premises))
    {
      let similar =
        targets.isEmpty ? containers.byName.keys.sorted().first { $0.lowercased() == wait.name.lowercased() } : nil
      return diagnostic(
        found.severity(.error), .unknown(task, container.name, wait.name, found), [waits(wait, container)],
        similar.map { .name($0, language) }, [container.name, wait.name])
    }
    for target in targets {
      let both = wait.part.premises + target.part.premises
      switch wait.condition {
      case "SUCCESS", "COMPLETE":
        guard let found = circumstances.found(both, without: target.notEssential) else { continue }
        return diagnostic(
          found.severity(.error), .essential(task, container.name, wait, found),
          [waits(wait, container), .init(.isEssential(target.name), at: target.part.location)],
          .notEssential(target.name, language), [container.name, wait.name])
      case "HEALTHY":
        guard let found = circumstances.found(both, without: target.hasHealthCheck) else { continue }
        return diagnostic(
          .warning, .neverHealthy(task, container.name, wait, found),
          [waits(wait, container), .init(.noHealthCheck(target.name), at: target.part.location)],
          .healthCheck(target.name, language), [container.name, wait.name])
      default: continue
      }
    }
    return nil
  }

  /// Containers that wait for each other, or one that waits for itself.
  private mutating func circles() -> [Diagnostic] {
    let all = containers.all
    let byName = containers.byName
    let successors = { (index: Int) in all[index].waits.flatMap { byName[$0.name] ?? [] } }
    return Circle.all(count: all.count, successors: successors).compactMap { circle in
      let steps = circle.path.indices.compactMap { step -> TaskContainers.Wait? in
        let next = all[circle.path[(step + 1) % circle.path.count]].name
        return all[circle.path[step]].waits.first { $0.name == next }
      }
      guard let found = circumstances.found(steps.flatMap(\.part.premises)) else { return nil }
      let names = circle.path.map { all[$0].name }
      return diagnostic(
        found.severity(.error), .circle(task, names + names.prefix(1), found),
        zip(steps, circle.path).map { waits($0, all[$1]) }, nil, names.sorted())
    }
  }

  private func waits(_ wait: TaskContainers.Wait, _ container: TaskContainers.Container) -> Diagnostic.Note {
    .init(.waits(container.name, wait), at: wait.part.location)
  }

  private func diagnostic(
    _ severity: Severity, _ message: Diagnostic.Message, _ notes: [Diagnostic.Note], _ fix: Diagnostic.Message?,
    _ names: [String]
  ) -> Diagnostic {
    Diagnostic(
      rule: InvalidContainerDependency.description.id, severity: severity, message, at: service.location,
      service: service.logicalID, construct: service.constructPath, notes: notes,
      fix: fix.map { Fix(summary: "\($0)") }, identity: identity + names)
  }
}

extension Diagnostic.Message {
  fileprivate static func essential(
    _ task: String, _ container: String, _ wait: TaskContainers.Wait, _ found: Circumstances.Case
  ) -> Self {
    """
    ECS will refuse \(task)\(found.phrase): A dependency container with SUCCESS or COMPLETE condition cannot be an \
    essential container: \(container) waits for \(wait.name) with the condition \(wait.condition)
    """
  }

  fileprivate static func unknown(
    _ task: String, _ container: String, _ name: String, _ found: Circumstances.Case
  ) -> Self {
    "ECS will refuse \(task)\(found.phrase): \(container) waits for the container \(name), which the task does not have"
  }

  fileprivate static func circle(_ task: String, _ names: [String], _ found: Circumstances.Case) -> Self {
    "ECS will refuse \(task)\(found.phrase): its containers wait for each other: \(names.joined(separator: " -> "))"
  }

  fileprivate static func neverHealthy(
    _ task: String, _ container: String, _ wait: TaskContainers.Wait, _ found: Circumstances.Case
  ) -> Self {
    """
    \(container) of \(task) waits for \(wait.name) to be HEALTHY\(found.phrase), and \(wait.name) has no health check in \
    the task definition: it may wait for ever, or not at all
    """
  }

  fileprivate static func waits(_ container: String, _ wait: TaskContainers.Wait) -> Self {
    let condition = wait.condition.isEmpty ? "" : " with the condition \(wait.condition)"
    return "\(container) waits for \(wait.name)\(condition) here"
  }

  fileprivate static func isEssential(_ container: String) -> Self {
    "\(container) is essential: a container is unless the template says otherwise"
  }

  fileprivate static func noHealthCheck(_ container: String) -> Self { "\(container) has no HealthCheck" }

  fileprivate static func name(_ name: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "ContainerName: \(name)", json: "\"ContainerName\": \"\(name)\"", app: "containerName: '\(name)'")
    return "names are case-sensitive: `\(text)`"
  }

  fileprivate static func notEssential(_ container: String, _ language: SourceLanguage) -> Self {
    let text = language.text(yaml: "Essential: false", json: "\"Essential\": false", app: "essential: false")
    return "let the task go on when \(container) has ended: `\(text)`"
  }

  fileprivate static func healthCheck(_ container: String, _ language: SourceLanguage) -> Self {
    let text = language.text(
      yaml: "HealthCheck: {Command: [CMD-SHELL, …]}", json: "\"HealthCheck\": {\"Command\": [\"CMD-SHELL\", \"…\"]}",
      app: "healthCheck: { command: ['CMD-SHELL', '…'] }")
    return "give \(container) a command that tells when it is ready, `\(text)`, or wait for START"
  }
}

extension InvalidContainerDependency {
  static let manual = RuleManual(
    finds: """
      `DependsOn` of a container that waits for `SUCCESS` or `COMPLETE` of a container that is essential; containers that
      wait for each other in a circle; the name of a container that the task does not have: *errors*. `HEALTHY` of a
      container without a `HealthCheck`: a *warning*. `Essential` is true where it is left out.
      """,
    effect: """
      ECS refuses the task definition, and with it the deployment: `A dependency container with SUCCESS or COMPLETE
      condition cannot be an essential container`, or a `ClientException` of `RegisterTaskDefinition`. About `HEALTHY`
      without a health check people disagree: tools ask for one, and the author of an emulator says that ECS takes it for
      fulfilled. A health check of the image does not count, only one of the task definition.
      """,
    example: .template(
      """
       Resources:
         CartTask:
           Type: AWS::ECS::TaskDefinition
           Properties:
             NetworkMode: awsvpc
             ContainerDefinitions:
               - Name: migrate
                 Image: shop/cart:3
                 Command: [migrate]
      +          Essential: false
               - Name: cart
                 Image: shop/cart:3
                 DependsOn: [{ContainerName: migrate, Condition: SUCCESS}]
         Cart:
           Type: AWS::ECS::Service
           Properties: {TaskDefinition: !Ref CartTask}
      """),
    cdk: """
      ```ts
      const migrate = task.addContainer('migrate', { image, command: ['migrate'], essential: false });
      cart.addContainerDependencies({ container: migrate, condition: ecs.ContainerDependencyCondition.SUCCESS });
      ```
      """,
    urgency: "Yes: the new revision of the task definition is refused whenever it changes.",
    cost: """
      A container that is not essential may fail without the task ending: wait for `SUCCESS`, and not for `COMPLETE`, if
      the others need what it did.
      """,
    falseAlarms: """
      Containers, names and conditions that only a deployment tells are not judged, nor a task definition that a macro or
      an include may add to. Task definitions that no service of the templates runs are not looked at.
      """,
    sources: [
      "https://github.com/boto/boto3/issues/2436",
      "https://github.com/aws/copilot-cli/pull/2421",
      "https://github.com/aws/copilot-cli/issues/2723",
      "https://github.com/faiscadev/fakecloud/pull/1211",
    ])
}

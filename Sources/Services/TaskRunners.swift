import Deployment
import Templates

/// What starts tasks that belong to no service: schedules, rules of EventBridge, pipes, state machines and custom
/// resources that call RunTask.
///
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/scheduling_tasks.html
struct TaskRunners {
  /// By task definition.
  private(set) var runners: [ResourceID: [ResourceID]] = [:]
  private let evaluator: Evaluator

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    for id in evaluator.group.resourceIDs {
      guard let properties = evaluator.group[id].properties else { continue }
      switch evaluator.group[id].type {
      case "AWS::Events::Rule":
        guard isOn(properties, id) else { continue }
        for target in properties["Targets"].map({ evaluator.elements(of: $0, in: id.stack) }) ?? [] {
          add(id, target.value["EcsParameters"]?["TaskDefinitionArn"])
        }
      case "AWS::Scheduler::Schedule":
        if isOn(properties, id) { add(id, properties["Target"]?["EcsParameters"]?["TaskDefinitionArn"]) }
      case "AWS::Pipes::Pipe":
        add(id, properties["TargetParameters"]?["EcsTaskParameters"]?["TaskDefinitionArn"])
      case "AWS::StepFunctions::StateMachine": addCall("ecs:runTask", in: properties, id)
      case "AWS::CloudFormation::CustomResource", "Custom::AWS": addCall("runTask", in: properties, id)
      default: continue
      }
    }
  }

  private func isOn(_ properties: Node, _ id: ResourceID) -> Bool {
    properties["State"].flatMap { evaluator.text(of: $0, in: id.stack) } != "DISABLED"
  }

  private mutating func add(_ runner: ResourceID, _ task: Node?) {
    guard let task else { return }
    for text in evaluator.texts(of: task, in: runner.stack) {
      guard case .resource(let id, _) = evaluator.holes.soleHole(in: text) else { continue }
      add(runner, id)
    }
  }

  /// A definition that calls RunTask, with the task definitions that it refers to.
  private mutating func addCall(_ call: String, in properties: Node, _ runner: ResourceID) {
    let template = evaluator.group.template(of: runner)
    let named = Reference.all(in: properties).compactMap { template.index(of: $0.name) }
      .filter { template.resources[$0].type == "AWS::ECS::TaskDefinition" }
    guard !named.isEmpty, holds(call, properties) else { return }
    for index in named { add(runner, ResourceID(stack: runner.stack, index: index)) }
  }

  private func holds(_ call: String, _ node: Node) -> Bool {
    var open = [node]
    while let node = open.popLast() {
      if node.text?.contains(call) ?? false { return true }
      open += node.elements
      open += node.entries.map(\.value)
    }
    return false
  }

  private mutating func add(_ runner: ResourceID, _ task: ResourceID) {
    guard evaluator.group[task].type == "AWS::ECS::TaskDefinition", !(runners[task]?.contains(runner) ?? false) else {
      return
    }
    runners[task, default: []].append(runner)
  }
}

/// How a hook was called: what its caller says of the stage and of the change. git, pre-commit, prek, lefthook, husky and
/// lint-staged each say it in their own way.
package struct HookCall {
  /// What the user says.
  private let named: HookStage?
  /// The name by which the program was started, which is that of the hook where git starts it itself.
  private let program: String
  private let arguments: [String]
  private let variables: [String: String]
  /// What is on standard input; `nil` when nobody writes to it. Asked for all of it, it waits for the end.
  private let input: (_ isAwaited: Bool) throws -> String?

  package init(
    named: HookStage?, program: String, arguments: [String], environment: [String: String],
    input: @escaping (_ isAwaited: Bool) throws -> String?
  ) {
    self.named = named
    self.program = program
    self.arguments = arguments
    self.variables = environment.filter { !$0.value.isEmpty }
    self.input = input
  }

  /// The stage, and what has happened: one occasion for each branch or tag that is pushed.
  package func read() throws(RunError) -> (stage: HookStage, occasions: [Occasion]) {
    try RunError.wrapping {
      if let stage = try named ?? stageOfPrek ?? HookStage(rawValue: program) {
        return (stage, try occasions(in: stage))
      }
      if let occasion = occasionOfManager { return (.manual, [occasion]) }
      // A hook that pushes while it commits has the variables of the commit too, so that its input comes first.
      let lines = try input(false).map(PushLine.lines) ?? []
      switch lines.first.flatMap({ PushLine.stage(of: $0) }) {
      case let stage?: return (stage, try occasions(in: stage, lines))
      case nil: return (.preCommit, [.commit])
      }
    }
  }

  private var stageOfPrek: HookStage? {
    get throws {
      guard let name = variables["PREK_HOOK_STAGE"] else { return nil }
      if let stage = HookStage(rawValue: name) { return stage }
      throw RunError(
        "run as a hook", "there is nothing to check in the stage \(name)",
        hint: "stages: [pre-commit, pre-merge-commit, pre-push]")
    }
  }

  private func occasions(in stage: HookStage, _ lines: [Substring]? = nil) throws -> [Occasion] {
    switch stage {
    case .preCommit, .preMergeCommit, .manual: return [occasionOfManager ?? .commit]
    case .prePush:
      if lines == nil, let occasion = occasionOfManager { return [occasion] }
      // The name is the address where the remote has none: githooks(5).
      let remote = arguments.first.flatMap { $0 == arguments.dropFirst().first ? nil : $0 }
      return try self.lines(lines).map { .push(try PushLine.pushed($0, to: remote)) }
    case .preReceive: return try self.lines(lines).map { .push(try PushLine.received($0)) }
    case .update:
      guard arguments.count == 3 else {
        throw RunError("run as the update hook", "git gives it three arguments: a reference and two ids")
      }
      return [.push(Push(ref: arguments[0], old: Push.old(arguments[1]), new: [arguments[2]], place: .server))]
    }
  }

  private func lines(_ read: [Substring]?) throws -> [Substring] {
    if let read { return read }
    if let text = try input(true) { return PushLine.lines(text) }
    throw RunError(
      "read what is pushed", "standard input is a terminal", hint: "git gives the hook a line for each reference")
  }

  /// What pre-commit and prek say of a range: as two names, or for a push of what the remote has nothing of by leaving
  /// the first one out, or both.
  private var occasionOfManager: Occasion? {
    let to = variables["PRE_COMMIT_TO_REF"]
    if let from = variables["PRE_COMMIT_FROM_REF"], let to {
      return .proposal(Proposal(name: to, target: from, base: [from], head: [to]))
    }
    guard to != nil || variables["PRE_COMMIT_REMOTE_NAME"] != nil else { return nil }
    let branch = variables["PRE_COMMIT_LOCAL_BRANCH"]
    return .commits(
      old: nil, new: to ?? branch ?? "HEAD",
      reason: "\(variables["PRE_COMMIT_REMOTE_NAME"] ?? "the remote") has nothing of it")
  }
}

import Deployment
import Diagnostics
import Rules
import Services

/// What the rules say of one template group, whatever there is in others.
struct Verdict: Sendable {
  let key: GroupReader.Key
  /// `nil` when the new side has no such group.
  let change: Change?
  let before: ServiceModel?
  /// What is wrong in the new side, on the services that the change affects.
  var found: [Diagnostic] = []
  /// All that was wrong in the old side.
  var had: [Diagnostic] = []
  /// The keys of all that is wrong in the new side, of the kinds that the old side had.
  var remaining: Set<[String]> = []
}

/// Applies the rules to groups, by all threads.
struct Judges {
  let rules: [any Rule]
  let needs: Set<Need.Kind>
  let crew: Crew

  private static let few = 16

  /// A group to judge.
  struct Case: Sendable {
    let key: GroupReader.Key
    let model: ServiceModel?
    let before: ServiceModel?
    let unreadable: [Change.Unreadable]
  }

  func verdicts(on cases: [Case]) -> [Verdict] {
    var verdicts = crew.map(cases) { [needs] in Verdict(on: $0, needs) }
    for (index, found) in find(in: verdicts.map(\.change), rules).enumerated() { verdicts[index].found = found }
    // What could not be read then is no excuse now; of a template that cannot be read nobody knows what it takes away.
    let former = verdicts.map { verdict in verdict.change?.unreadable.isEmpty ?? true ? verdict.before : nil }
    for (index, had) in find(in: former.map(everything), rules).enumerated() { verdicts[index].had = had }
    let kinds = Set(verdicts.flatMap(\.had).map(\.rule))
    let left = verdicts.map { $0.had.isEmpty ? nil : $0.change?.new }
    let remaining = find(in: left.map(everything), rules.filter { kinds.contains(type(of: $0).description.id) })
    for (index, remaining) in remaining.enumerated() { verdicts[index].remaining = Set(remaining.map(\.key)) }
    return verdicts
  }

  /// All services of a model, whatever a change affects.
  private func everything(in model: ServiceModel?) -> Change? {
    model.map { Change(new: $0, affected: Set($0.services.map(\.name)), kinds: needs) }
  }

  /// What the rules find in each change, in the order of the rules.
  private func find(in changes: [Change?], _ rules: [any Rule]) -> [[Diagnostic]] {
    // Of few changes each rule is a task of its own, so that every thread has something to do.
    let size = changes.count < Judges.few ? 1 : max(rules.count, 1)
    let parts = changes.indices.flatMap { index in
      stride(from: 0, to: changes[index] == nil ? 0 : rules.count, by: size).map { (change: index, from: $0) }
    }
    let answers = crew.map(parts) { part in
      changes[part.change].map { change in rules[part.from..<part.from + size].flatMap { $0.check(change) } } ?? []
    }
    var found = [[Diagnostic]](repeating: [], count: changes.count)
    for (part, answer) in zip(parts, answers) { found[part.change] += answer }
    return found
  }
}

extension Verdict {
  fileprivate init(on group: Judges.Case, _ needs: Set<Need.Kind>) {
    key = group.key
    before = group.before
    change = group.model.map { model in
      let former = FormerResources(from: group.before, to: model)
      return Change(
        new: model, old: group.before, former: former,
        affected: AffectedServices.between(group.before, and: model, former), kinds: needs,
        unreadable: group.unreadable)
    }
  }
}

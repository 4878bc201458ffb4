import Diagnostics
import Rules
import Templates

/// Makes the edits of fixes one at a time, each on what the ones before it made: after each of them everything is judged
/// anew, and an edit stays only where it takes its diagnostic away and brings no other in. So edits never meet in one
/// place, and together close no circle.
struct Fixing {
  private let comparison: Comparison
  private let check: (Comparison) throws -> Outcome
  /// Why a file of the new side must not be changed; `nil` where it may.
  private let obstacle: (Path, [UInt8]) throws -> String?
  private var snapshot: EditedSnapshot
  private var fixed: [Diagnostic] = []
  /// Why a fix was not made, by the key of its diagnostic.
  private var refusals: [[String]: String] = [:]

  init(
    _ comparison: Comparison, check: @escaping (Comparison) throws -> Outcome,
    obstacle: @escaping (Path, [UInt8]) throws -> String?
  ) {
    self.comparison = comparison
    self.check = check
    self.obstacle = obstacle
    snapshot = EditedSnapshot(base: comparison.new)
  }

  /// Mends what can be mended, in memory.
  mutating func result() throws -> FixOutcome {
    let first = try check(comparison)
    let paths = Set(first.report.shown.compactMap(\.editedFile)).sorted()
    // Where one file is all there is to look at, what is known of it need not be found again.
    let isAlone = paths.count == 1 && comparison.paths == paths && comparison.unnamed.isEmpty
    var left = first
    for path in paths { left = try mend(path, isAlone ? first : check(narrowed(to: path, snapshot))) }
    if !isAlone {
      var comparison = edited(snapshot)
      comparison.paths = Set(comparison.paths).union(snapshot.files.keys).sorted()
      left = fixed.isEmpty ? first : try check(comparison)
    }
    left.report.diagnostics = left.report.diagnostics.map(explained)
    let places = Dictionary(first.report.diagnostics.map { ($0.key, $0.location) }) { first, _ in first }
    return FixOutcome(
      left: left,
      fixed: fixed.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.location = places[diagnostic.key] ?? diagnostic.location
        return diagnostic
      },
      files: try snapshot.files.sorted { $0.key < $1.key }.map { path, bytes in
        .init(path: path, before: try original(path) ?? [], after: bytes)
      })
  }

  /// Mends one file, whose groups alone are judged after each edit. Gives what is found in them then.
  private mutating func mend(_ path: Path, _ outcome: Outcome) throws -> Outcome {
    guard let original = try original(path) else { return outcome }
    let obstacle = try obstacle(path, original)
    var current = outcome
    var tried: Set<[String]> = []
    while let diagnostic = current.report.shown.first(where: { $0.editedFile == path && !tried.contains($0.key) }) {
      tried.insert(diagnostic.key)
      let (refusal, next) = try obstacle.map { ($0, nil) } ?? attempt(diagnostic, in: path, current)
      if let next {
        current = next
        fixed.append(diagnostic)
      } else {
        refusals[diagnostic.key] = refusal
      }
    }
    return current
  }

  /// Makes the edits of one fix, or tells why not.
  private mutating func attempt(
    _ diagnostic: Diagnostic, in path: Path, _ current: Outcome
  ) throws -> (refusal: String?, Outcome?) {
    guard case .bytes(let old)? = try snapshot.contents(of: path),
      let new = SourceText(old).bytes(after: diagnostic.fix?.edits ?? []),
      EditedResource.isOnlyChange(from: old, to: new, path)
    else { return ("an edit would change more than this resource", nil) }
    var next = snapshot
    next.files[path] = new
    let outcome = try check(narrowed(to: path, next))
    let found = outcome.report.diagnostics
    guard !found.contains(where: { $0.key == diagnostic.key }) else { return ("it would still be found", nil) }
    let before = Set(current.report.diagnostics.map(\.key))
    if let brought = found.first(where: { $0.isMade(byMending: diagnostic) && !before.contains($0.key) }) {
      return ("that would bring in \(brought.rule): \(brought.message.text)", nil)
    }
    snapshot = next
    return (nil, outcome)
  }

  private func original(_ path: Path) throws -> [UInt8]? {
    guard case .bytes(let bytes)? = try snapshot.base.contents(of: path) else { return nil }
    return bytes
  }

  private func edited(_ snapshot: EditedSnapshot) -> Comparison {
    var comparison = comparison
    comparison.new = snapshot
    return comparison
  }

  private func narrowed(to path: Path, _ snapshot: EditedSnapshot) -> Comparison {
    var comparison = edited(snapshot)
    comparison.paths = [path]
    comparison.unnamed = []
    return comparison
  }

  /// What is left, with why it is.
  private func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let reason = refusals[diagnostic.key] ?? diagnostic.fix?.obstacle else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.fix?.summary += "\nnot done: \(reason)"
    return diagnostic
  }
}

extension Diagnostic {
  /// Whether it is a fault that a dependency of the mended resource may have made: not what becomes visible by the way, of
  /// resources that are waited for now, or becomes true, such as that a suppression is of no use any more.
  fileprivate func isMade(byMending mended: Diagnostic) -> Bool {
    guard severity > .notice, let rule = RuleSet.descriptions.first(where: { $0.id == rule }),
      rule.group == .order || rule.group == .template, rule.subject == .resources, mended.identity.count > 1
    else { return false }
    // The path of the template and a logical ID come first.
    return identity.contains(mended.identity[1])
  }

  /// The one file that its fix edits; `nil` where it edits none or several.
  fileprivate var editedFile: Path? {
    let paths = Set(fix?.edits.map(\.path) ?? [])
    return paths.count == 1 ? paths.first : nil
  }
}

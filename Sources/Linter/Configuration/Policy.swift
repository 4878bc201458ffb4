import Diagnostics
import Templates

/// What one side of a change says about how to check, together with the command line.
struct Policy: Sendable {
  var configuration = Configuration()
  var severities = RuleSeverities([:])
  var baseline = Baseline()
  /// Whether the configuration and the baseline are no part of the change.
  fileprivate var isForeign = (configuration: false, baseline: false)
}

extension Policy {
  /// The policy of the side that counts.
  init(_ settings: Settings, _ files: SideFile) throws {
    if settings.side == .base, !files.hasBase {
      throw RunError(
        "read the configuration of the base", "only a change in git has a base",
        hint: "leave out --config-from")
    }
    let options = try settings.rules.map { try RuleOption($0) }
    if let text = try Policy.configuration(settings, files, on: settings.side) {
      let isTolerant = settings.isSideChosen && settings.side == .base && !text.isOnDisk
      do {
        configuration = try Configuration(text.bytes, path: text.path)
      } catch let error as RunError {
        guard isTolerant else { throw error }
      }
      isForeign.configuration = text.isOnDisk
    }
    severities = RuleSeverities(configuration.rules, options: options)
    if let text = try Policy.baseline(settings, configuration, files, on: settings.side) {
      baseline = try Baseline(text.bytes, path: text.path)
      isForeign.baseline = text.isOnDisk
    }
  }

  /// What the base says, to tell what the change itself silences. A base that says nonsense says nothing: the change
  /// may be what puts it right.
  func base(_ settings: Settings, _ files: SideFile) -> Policy {
    guard settings.side == .new, files.hasBase else { return self }
    var base = Policy()
    if isForeign.configuration {
      base.configuration = configuration
    } else if let text = try? Policy.configuration(settings, files, on: .base) {
      base.configuration = (try? Configuration(text.bytes, path: text.path)) ?? Configuration()
    }
    base.severities = RuleSeverities(
      base.configuration.rules, options: settings.rules.compactMap { try? RuleOption($0) })
    if isForeign.baseline {
      base.baseline = baseline
    } else if let text = try? Policy.baseline(settings, base.configuration, files, on: .base) {
      base.baseline = (try? Baseline(text.bytes, path: text.path)) ?? Baseline()
    }
    return base
  }

  /// `nil` when there is none.
  private static func configuration(
    _ settings: Settings, _ files: SideFile, on side: Settings.Side
  ) throws -> SideFile.Text? {
    guard let name = settings.configuration else { return try files.text(at: SideFile.configuration, on: side) }
    do {
      return try files.text(named: name, on: side)
    } catch let error as RunError {
      throw RunError("read the configuration", "\(name): \(error.reason)", hint: error.hint)
    }
  }

  /// The file of the option, else the one that the configuration names; `nil` when there is none.
  private static func baseline(
    _ settings: Settings, _ configuration: Configuration, _ files: SideFile, on side: Settings.Side
  ) throws -> SideFile.Text? {
    if let name = settings.baseline { return try files.text(named: name, on: side) }
    guard let named = configuration.baseline else { return nil }
    if let text = try files.text(at: Path(named.text), on: side) { return text }
    // The run that is to write it finds none yet.
    if settings.writesBaseline { return nil }
    throw RunError(
      inConfiguration: named.location, "there is no file \(named.text)",
      hint: "precede check --all --write-baseline \(named.text)")
  }
}

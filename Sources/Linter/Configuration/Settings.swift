/// What the command line says about rules, suppressions and known diagnostics.
package struct Settings: Sendable {
  /// `ID=SEVERITY`, in the order of the command line.
  package var rules: [String] = []
  /// A file in place of `.precede.yml`, as the user gave it.
  package var configuration: String?
  package var side = Side.new
  /// Whether the side was chosen for the user. Then a base whose configuration is wrong has none, and not everything that
  /// could put it right is stopped.
  package var isSideChosen = false
  /// A file in place of the one that the configuration names, as the user gave it.
  package var baseline: String?
  /// Whether everything that is found becomes known.
  package var writesBaseline = false
  /// Whether the first commit of a range is named that has a diagnostic.
  package var namesIntroductions = false
  /// Whether everything is looked at, and nothing fails, where a clone lacks the old side.
  package var checksAllWithoutBase = false
  /// Whether the report lists who connects to whom, with the places that show it; most formats have no place for that.
  package var listsConnections = true
  /// The part of all files to look at, where other machines look at the rest.
  package var shard: Shard?
  var today = CalendarDate.today

  package init() {}

  /// The side of the change whose configuration and suppressions count.
  package enum Side: String, CaseIterable, Sendable {
    case new, base
  }
}

/// How a run ended, as the shell sees it.
enum ExitStatus: Int32 {
  /// No diagnostic at or above `--fail-on`.
  case clean = 0
  /// At least one.
  case found = 1
  /// Wrong usage, or something that should have been looked at could not be read.
  case failed = 2
}

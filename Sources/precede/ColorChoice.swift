import ArgumentParser
import Reporting

/// When text has colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// https://no-color.org and https://bixense.com/clicolors
  func style(in context: Context) -> TextStyle {
    let variables = context.environment
    let isForced = !["", "0"].contains(variables["CLICOLOR_FORCE"] ?? "")
    let isRefused = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
    let color =
      switch self {
      case .always: true
      case .never: false
      case .auto: !isRefused && (isForced || context.terminal != nil)
      }
    // Where a shell exports it, somebody wants another width than the terminal has, or one where there is no terminal.
    let columns = variables["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return TextStyle(
      color: color, width: columns ?? context.terminal?.width, isSpacious: context.terminal != nil)
  }
}

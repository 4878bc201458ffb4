/// The languages that a CDK app may be written in.
package enum AppLanguage: Hashable, Sendable, CaseIterable {
  case typeScript, javaScript, python, java, cSharp, go

  /// Told by the ending of a file's name; `nil` for what is no source of an app.
  package init?(of file: Path) {
    let name = file.name
    guard let found = Self.allCases.first(where: { $0.endings.contains(where: name.hasSuffix) }) else { return nil }
    self = found
  }

  private var endings: [String] {
    switch self {
    case .typeScript: [".ts", ".tsx", ".mts", ".cts"]
    case .javaScript: [".js", ".jsx", ".mjs", ".cjs"]
    case .python: [".py"]
    case .java: [".java"]
    case .cSharp: [".cs"]
    case .go: [".go"]
    }
  }

  /// Told by the command that runs an app, in `cdk.json`; `nil` when it names none of the usual programs.
  package init?(command: String) {
    let words = command.split { " /\\\"';&|".contains($0) }
    let runners: [(AppLanguage, [String])] = [
      (.typeScript, ["ts-node", "tsx"]), (.python, ["python", "python3", "poetry", "pipenv", "uv"]),
      (.java, ["mvn", "gradle", "gradlew", "java"]), (.cSharp, ["dotnet"]), (.go, ["go"]),
    ]
    if let found = runners.first(where: { words.contains(where: $0.1.map { $0[...] }.contains) }) {
      self = found.0
    } else if let file = words.lazy.compactMap({ AppLanguage(of: Path(String($0))) }).first {
      self = file
    } else {
      return nil
    }
  }
}

import Diagnostics
import Git

/// The `.precede.yml` that a repository begins with: every key with its example, all of it comments, so that it changes
/// nothing until somebody takes a `# ` away. What explains begins with `## `.
package struct StarterConfiguration {
  /// The absolute path of the folder that it is for.
  private let folder: String

  /// For the repository of a folder, or for the folder where there is none.
  package init(for directory: String, environment: [String: String]) throws(RunError) {
    folder = try RunError.wrapping {
      do {
        return try Repository.open(from: directory, environment: HookEnvironment(environment)).workTree ?? directory
      } catch let error as GitError where error.isNotARepository {
        return directory
      }
    }
  }

  /// Writes a file that is not there yet.
  ///
  /// - Returns: its path.
  package func write() throws(RunError) -> String {
    let name = SideFile.configuration
    let path = "\(folder)/\(name)"
    try RunError.wrapping {
      do {
        try DiskFolder(folder).write(Array(Self.text.utf8), to: name.bytes, isExecutable: false)
      } catch let error as RunError {
        guard FolderSnapshot(directory: folder).exists(name) else { throw error }
        throw RunError("write \(path)", "there is one already", hint: "docs/configuration.md tells what it may hold")
      }
    }
    return path
  }

  static var text: String { introduction + ConfigurationKey.all.map(section).joined() }

  private static let introduction = """
    ## How Precede checks this repository. Nothing needs to be set: a line that begins with one # is an example, and counts
    ## when that is taken away. Unknown keys are errors. `precede rules` lists the rules, `precede explain RULE` tells more.

    """

  private static func section(_ key: ConfigurationKey) -> String {
    let fields = key.fields.map { "\($0.name): \($0.summary)\($0.isNeeded ? "; needed" : "")" }
    let prose = (lines(of: key.summary) + fields).map { "## \($0)\n" }.joined()
    let example = key.example.split(separator: "\n").map { "# \($0)\n" }.joined()
    return "\n" + prose + example
  }

  /// Words in lines that with their sign are as wide as those of this file.
  private static func lines(of text: String) -> [String] {
    text.split(separator: " ").reduce(into: []) { lines, word in
      if let line = lines.last, line.count + 1 + word.count <= 117 {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}

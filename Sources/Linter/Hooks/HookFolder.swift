import Diagnostics
import Git
import Templates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder in which git looks for the hooks of a repository. A hook that somebody else put there is never touched.
package struct HookFolder {
  private let path: String

  /// - Parameter directory: the absolute path of the current folder.
  package init(of directory: String, environment: [String: String]) throws(RunError) {
    path = try RunError.wrapping {
      try Repository.open(from: directory, environment: HookEnvironment(environment)).hooksFolder()
    }
  }

  /// The stages of which there is a script.
  package static let stages = HookScript.stages

  /// Writes all of the hooks or none.
  ///
  /// - Returns: what was done, a sentence each.
  package func install(_ stages: [HookStage]) throws(RunError) -> [String] {
    try RunError.wrapping {
      var scripts: [HookScript] = []
      for stage in stages {
        guard let script = HookScript(stage) else {
          throw RunError(
            "install \(stage.rawValue)", "there is no script for it",
            hint: "of these there is one: \(HookScript.stages.map(\.rawValue).joined(separator: ", "))")
        }
        switch state(of: script) {
        case .absent: scripts.append(script)
        case .own: break
        case .foreign(let text): throw refused(script, text)
        }
      }
      for script in scripts {
        try DiskFolder(path).make(mode: 0o777)
        try DiskFolder(path).write(Array(script.text.utf8), to: Array(script.stage.rawValue.utf8), isExecutable: true)
      }
      let written = Set(scripts.map(\.stage))
      return stages.map { "\(written.contains($0) ? "installed" : "there is already") \($0.rawValue) in \(path)" }
    }
  }

  /// Takes away what `install` wrote.
  package func uninstall() throws(RunError) -> [String] {
    try RunError.wrapping {
      let sentences = try HookScript.stages.compactMap { stage -> String? in
        guard let script = HookScript(stage) else { return nil }
        switch state(of: script) {
        case .absent: return nil
        case .own:
          guard unlink(file(script)) == 0 else {
            throw RunError("remove \(file(script))", String(cString: strerror(errno)))
          }
          return "removed \(stage.rawValue) from \(path)"
        case .foreign(let text):
          guard text.contains("precede") else { return nil }
          return "left \(stage.rawValue) in \(path) as it is: somebody has written more into it"
        }
      }
      return sentences.isEmpty ? ["no hook of precede in \(path)"] : sentences
    }
  }

  private enum State {
    case absent
    /// What we would write.
    case own
    case foreign(String)
  }

  private func state(of script: HookScript) -> State {
    let name = file(script)
    var status = stat()
    guard lstat(name, &status) == 0 else { return .absent }
    guard case .bytes(let bytes)? = try? FolderSnapshot(directory: path).contents(of: Path(script.stage.rawValue))
    else {
      return .foreign("")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text == script.text ? .own : .foreign(text)
  }

  private func file(_ script: HookScript) -> String { path + "/" + script.stage.rawValue }

  /// Tells how whoever owns the hook calls ours.
  private func refused(_ script: HookScript, _ text: String) -> RunError {
    let stage = script.stage.rawValue
    let line = #"precede hook --stage \#(stage) "$@""#
    let hint =
      if path.hasSuffix("/.husky/_") {
        "put this line into .husky/\(stage): \(line)"
      } else if text.contains("lefthook") {
        "add a job to \(stage) in lefthook.yml: run: precede hook --stage \(stage)"
      } else if text.contains("pre-commit.com") || text.contains("prek") {
        "add a hook to .pre-commit-config.yaml with language: system and entry: precede hook"
      } else {
        "put this line into it: \(line) || exit"
      }
    return RunError("install \(stage)", "there is a hook already, \(file(script))", hint: hint)
  }
}

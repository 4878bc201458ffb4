/// What git tells a hook about the repository, from the variables of git(1), "The Git Repository". An empty
/// value counts as unset, as in git.
package struct HookEnvironment: Hashable, Sendable {
  /// All variables, for a git command that is started.
  let variables: [String: String]
  /// What the variables add to the configuration, in git's order; later ones overrule earlier ones.
  let configuration: [Setting]

  /// No variable at all: for a repository that the user named, which the variables do not speak of.
  package static let none = HookEnvironment([:])

  package init(_ variables: [String: String]) {
    self.variables = variables
    configuration = Setting.counted(in: variables) + Setting.quoted(in: variables["GIT_CONFIG_PARAMETERS"] ?? "")
  }

  /// The same with absolute paths, for a reader that is in another folder. What GIT_INDEX_FILE names counts from the top
  /// of the work tree, which is not known yet.
  func absolute(from directory: String) -> HookEnvironment {
    var variables = variables
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_SHALLOW_FILE"] {
      if let path = value(name) { variables[name] = path.absolute(from: directory) }
    }
    if !alternateObjectDirectories.isEmpty {
      variables["GIT_ALTERNATE_OBJECT_DIRECTORIES"] =
        alternateObjectDirectories.map { $0.absolute(from: directory) }.joined(separator: ":")
    }
    return HookEnvironment(variables)
  }

  func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

  var gitDirectory: String? { value("GIT_DIR") }
  var workTree: String? { value("GIT_WORK_TREE") }
  var indexFile: String? { value("GIT_INDEX_FILE") }
  var objectDirectory: String? { value("GIT_OBJECT_DIRECTORY") }
  var alternateObjectDirectories: [String] {
    value("GIT_ALTERNATE_OBJECT_DIRECTORIES")?.split(separator: ":").map(String.init) ?? []
  }
  var ceilingDirectories: String? { value("GIT_CEILING_DIRECTORIES") }
  var commonDirectory: String? { value("GIT_COMMON_DIR") }
  var shallowFile: String? { value("GIT_SHALLOW_FILE") }
}

/// What git tells a hook about the repository, from the variables of git(1), "The Git Repository". An empty
/// value counts as unset, as in git.
package struct HookEnvironment: Hashable, Sendable {
  let gitDirectory: String?
  let workTree: String?
  let indexFile: String?
  let objectDirectory: String?
  let alternateObjectDirectories: [String]
  let ceilingDirectories: String?
  let commonDirectory: String?
  let shallowFile: String?

  /// No variable at all: for a repository that the user named, which the variables do not speak of.
  package static let none = HookEnvironment([:])

  package init(_ variables: [String: String]) {
    func value(_ name: String) -> String? {
      variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    gitDirectory = value("GIT_DIR")
    workTree = value("GIT_WORK_TREE")
    indexFile = value("GIT_INDEX_FILE")
    objectDirectory = value("GIT_OBJECT_DIRECTORY")
    alternateObjectDirectories =
      value("GIT_ALTERNATE_OBJECT_DIRECTORIES")?.split(separator: ":").map(String.init) ?? []
    ceilingDirectories = value("GIT_CEILING_DIRECTORIES")
    commonDirectory = value("GIT_COMMON_DIR")
    shallowFile = value("GIT_SHALLOW_FILE")
  }
}

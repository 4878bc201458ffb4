/// Where the parts of a repository are. All paths are absolute, without a slash at the end.
struct Layout {
  /// In a linked work tree its private folder.
  let gitDirectory: String
  /// What all linked work trees share; else equal to `gitDirectory`.
  let commonDirectory: String
  /// `nil` when the repository is bare.
  let workTree: String?
  /// Of the variable GIT_INDEX_FILE.
  let indexFile: String?
  /// Of the variable GIT_SHALLOW_FILE.
  let shallowFile: String?

  var indexPath: String { indexFile ?? gitDirectory + "/index" }
}

extension String {
  /// The path without a slash at the end.
  var withoutEndingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }

  /// The path, counted from a folder if it is relative.
  func absolute(from folder: String) -> String {
    if hasPrefix("/") { return self }
    return folder.hasSuffix("/") ? folder + self : folder + "/" + self
  }
}

import Diagnostics

/// Which files to look at, and which may be templates, by their paths.
struct FileSelection: Sendable {
  /// What `templates:` names; `nil` when it does not stand there, so that every file counts.
  var templates: [GlobPattern]?
  var excluded: [GlobPattern] = []

  /// Whether a changed or named file is looked at.
  func contains(_ path: Path) -> Bool {
    guard !excluded.contains(where: { $0.matches(path) }) else { return false }
    return templates?.contains { $0.matches(path) } ?? true
  }

  /// Whether a file may be opened to see if it is a template, where nothing but its name speaks for that.
  func opens(_ path: Path) -> Bool {
    contains(path) && (path.hasTemplateName || namesFile(path))
  }

  /// Whether the user says that a file is a template, so that it must be readable. A pattern for a whole folder says so
  /// only of files with the usual names, since a folder holds other things too.
  func demands(_ path: Path) -> Bool {
    guard let templates, contains(path) else { return false }
    return templates.contains { $0.matches(path) && ($0.namesFiles || path.hasTemplateName) }
  }

  private func namesFile(_ path: Path) -> Bool {
    templates?.contains { $0.namesFiles && $0.matches(path) } ?? false
  }
}

/// A file that two sides do not have alike. Renames are a deletion and an addition.
package struct ChangedFile: Hashable, Sendable {
  /// Raw bytes, relative to the top of the work tree.
  package let path: [UInt8]
  /// `nil` when the file was added.
  package let old: FileVersion?
  /// `nil` when the file was deleted.
  package let new: FileVersion?

  package init(path: [UInt8], old: FileVersion?, new: FileVersion?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

/// A file as one side has it. Both versions of a changed file have equal content when only the mode differs.
package struct FileVersion: Hashable, Sendable {
  package let content: FileContent
  package let mode: FileMode

  package init(content: FileContent, mode: FileMode) {
    self.content = content
    self.mode = mode
  }
}

/// Where the bytes of a file are.
package enum FileContent: Hashable, Sendable {
  /// The id of a blob; of a commit of another repository when the mode is `gitlink`.
  case blob(ObjectID)
  case workTreeFile
}

extension [ChangedFile] {
  /// In the order of git: by the bytes of the path.
  func sorted() -> Self { sorted { $0.path.lexicographicallyPrecedes($1.path) } }
}

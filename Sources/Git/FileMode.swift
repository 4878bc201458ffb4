/// What kind of file an entry of a tree or of the index is.
package enum FileMode: Hashable, Sendable {
  case regular, executable, symbolicLink
  /// A submodule: the entry names a commit of another repository.
  case gitlink
  case other(UInt32)

  /// From the mode as git writes it; see "mode" in gitformat-index(5).
  init(_ mode: UInt32) {
    switch mode & 0o170000 {
    case 0o100000: self = mode & 0o100 == 0 ? .regular : .executable
    case 0o120000: self = .symbolicLink
    case 0o160000: self = .gitlink
    default: self = .other(mode)
    }
  }

  /// Whether the entry has content of its own, which links and submodules have not.
  package var isFile: Bool { self == .regular || self == .executable }

  /// Of an entry of a tree that is a tree itself.
  static let folder = FileMode.other(0o040000)

  var isFolder: Bool {
    if case .other(let mode) = self { mode & 0o170000 == 0o040000 } else { false }
  }
}

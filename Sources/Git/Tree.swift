internal import CLibgit2

/// A folder of a commit.
final class Tree {
  private let handle: Handle

  init(_ id: ObjectID, in repository: Repository) throws(GitError) {
    var libraryID = id.libraryID
    handle = try repository.explainingHoles(id) { () throws(GitError) in
      try Handle(to: "read tree \(id)", freedBy: git_tree_free) {
        git_tree_lookup(&$0, repository.handle.pointer, &libraryID)
      }
    }
  }

  var entries: some Sequence<TreeEntry> {
    (0..<git_tree_entrycount(handle.pointer)).lazy.compactMap { [self] in
      git_tree_entry_byindex(handle.pointer, $0).map { TreeEntry(owner: self, pointer: $0) }
    }
  }

  /// The entry of the same name as an entry of another tree.
  func entry(like other: TreeEntry) -> TreeEntry? {
    git_tree_entry_byname(handle.pointer, git_tree_entry_name(other.pointer)).map {
      TreeEntry(owner: self, pointer: $0)
    }
  }

  func entry(named name: [UInt8]) throws(GitError) -> TreeEntry? {
    try name.withCString { (name) throws(GitError) in
      git_tree_entry_byname(handle.pointer, name).map { TreeEntry(owner: self, pointer: $0) }
    }
  }
}

struct TreeEntry {
  /// The entry lies in its tree, which must live as long.
  fileprivate let owner: Tree
  fileprivate let pointer: OpaquePointer

  var name: [UInt8] { Array(cString: git_tree_entry_name(pointer)) }
  var id: ObjectID { ObjectID(git_tree_entry_id(pointer).pointee) }
  var isFolder: Bool { git_tree_entry_type(pointer) == GIT_OBJECT_TREE }

  /// What the entry is when it is no folder.
  var version: FileVersion? {
    isFolder
      ? nil : FileVersion(content: .blob(id), mode: FileMode(git_tree_entry_filemode(pointer).rawValue))
  }

  /// The folder that the entry is, if it is one.
  var folder: ObjectID? { isFolder ? id : nil }

  func isEqual(to other: TreeEntry) -> Bool {
    git_oid_equal(git_tree_entry_id(pointer), git_tree_entry_id(other.pointer)) == 1
      && git_tree_entry_filemode(pointer) == git_tree_entry_filemode(other.pointer)
  }
}

/// What a repository is read through: libgit2, or the git command where libgit2 cannot read. What follows from these
/// answers (ranges, merge bases, the work tree) is written once, above both.
protocol Backend: AnyObject {
  /// As people are told.
  var name: String { get }

  /// The commit that HEAD names; `nil` before the first commit.
  func head() throws(GitError) -> ObjectID?

  /// The commit that a name means, tags peeled. The causes of its errors speak of `name`.
  func commit(named name: String) throws(GitError) -> ObjectID

  /// An object as it is stored: no filter, no line end conversion. Of one that is larger than `limit` bytes only the
  /// beginning.
  func object(_ id: ObjectID, limit: Int) throws(GitError) -> (kind: ObjectKind, content: Blob)

  /// The index where the layout has it, which exists or stands for an empty one.
  func index() throws(GitError) -> any IndexReader

  /// A tree, or the empty one, against the index, conflicts and intended additions included.
  func indexDeltas(from tree: ObjectID?) throws(GitError) -> [Delta]

  /// The id that the file of a work tree would be stored under. Line ends are converted as the attributes say; no
  /// filter program is run.
  func storedID(of path: [UInt8], in workTree: WorkTree) throws(GitError) -> ObjectID

  /// A switch of the configuration; `nil` when it is not set.
  func flag(_ setting: String) throws(GitError) -> Bool?

  /// What is set under the names that begin so, in the order of the files.
  func settings(startingWith prefix: String) throws(GitError) -> [Setting]

  /// The names of the references that begin so, such as `refs/remotes/origin/`.
  func references(startingWith prefix: String) throws(GitError) -> [String]

  /// The reference that a symbolic one leads to; `nil` when it is none.
  func symbolicTarget(of reference: String) throws(GitError) -> String?

  /// The objects that others stand for: see git-replace(1).
  func replacements() throws(GitError) -> [ObjectID: ObjectID]
}

/// A line of the configuration. The section and the last part of its name are in lower case.
struct Setting: Hashable, Sendable {
  let name: String
  /// Empty, too, for a name without a value.
  let value: String
}

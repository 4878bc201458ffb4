/// What the user asked to look at.
package enum Request: Hashable, Sendable {
  /// What is about to be committed: the index against HEAD.
  case staged
  /// The work tree against HEAD, untracked files included unless ignored.
  case workTree
  /// `A..B`, `A...B`, or `A` for the work tree against A.
  case revisions(String)
  /// Every template of the work tree, or of a revision.
  case all(revision: String?)
  /// Every template of the index.
  case allStaged
  /// A folder with what a CDK app makes, and perhaps another one with what it made before.
  case assembly(String, base: String?)
}

/// What an object of the database is, in git's words.
enum ObjectKind: String {
  case commit, tree, blob, tag
}

internal import CGitShim
internal import CLibgit2

/// libgit2 as a whole. It is set up once and never shut down: Swift destroys the properties of a class after
/// the body of its `deinit`, so a shutdown there would come before the last handle is freed.
enum Library {
  static func start() throws(GitError) {
    try LibraryFailure.check(started, to: "set up libgit2")
  }

  private static let started: Int32 = {
    let count = git_libgit2_init()
    return count < 0 ? count : precede_git_allow_extensions()
  }()
}

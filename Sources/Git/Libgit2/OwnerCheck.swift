internal import CGitShim
internal import CLibgit2
private import Synchronization

/// libgit2's own question for the owner of a repository. It is a switch of the whole process, so that repositories are
/// opened one after the other.
enum OwnerCheck {
  private static let lock = Mutex(())

  /// - Parameter isOff: whether it has been answered already, by the rules of git.
  /// - Returns: the failure, or `nil` when `opened` is set.
  static func open(
    _ opened: inout OpaquePointer?, _ path: String, _ flags: UInt32, ceilings: String?, isOff: Bool
  ) -> LibraryFailure? {
    lock.withLock { _ in
      if isOff { precede_git_check_owners(0) }
      defer { if isOff { precede_git_check_owners(1) } }
      let code = git_repository_open_ext(&opened, path, flags, ceilings)
      return code < 0 ? LibraryFailure.last(code: code) : nil
    }
  }
}

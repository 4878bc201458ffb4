import Diagnostics
import Git

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Assemblies that were synthesised before, in the user's cache folder, by what they were made from: a folder of a
/// commit is synthesised once, whichever commits it occurs in.
struct SynthCache {
  /// Absolute and without symbolic links, as programs that run below it will name it.
  let folder: String
  var checkouts: String { folder + "/checkouts" }
  private var assemblies: String { folder + "/assemblies" }

  /// https://specifications.freedesktop.org/basedir-spec: a relative path does not count.
  init(_ variables: [String: String]) throws {
    let own = variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let cache = own ?? variables["HOME"].map({ $0 + "/.cache" }) else {
      throw RunError("keep assemblies", "neither XDG_CACHE_HOME nor HOME is set")
    }
    let name = cache + "/precede"
    for folder in [name, name + "/checkouts", name + "/assemblies"] { try DiskFolder(folder).make() }
    folder = PathFilter.realPath(of: name)
  }

  /// The name of an assembly: the tree, so that people can tell what it is, and the command that it was made with.
  static func key(_ command: String, _ folder: Path, _ tree: ObjectID) -> String {
    "\(tree)-\(Fingerprint.digits(of: [command, folder.description]))"
  }

  /// The folder of an assembly, if it was kept. It is marked as used.
  func assembly(_ key: String) -> String? {
    let path = assemblies + "/" + key
    // The folder came here whole or not at all.
    guard utimes(path, nil) == 0 else { return nil }
    return path
  }

  /// Keeps what lies in a folder, which is gone afterwards. One step makes it visible, so that nobody sees a part of it.
  func keep(_ output: String, as key: String) throws {
    let path = assemblies + "/" + key
    try DiskFolder(output).removeAssets()
    // Another run may have been faster, with the same.
    guard rename(output, path) != 0, errno != EEXIST, errno != ENOTEMPTY else { return }
    throw RunError("keep the assembly \(path)", String(cString: strerror(errno)))
  }

  /// Removes what nobody has used for long, and what a run that was killed has left.
  func tidy() {
    let day = 24 * 60 * 60
    DiskFolder(assemblies).removeEntries(olderThan: 30 * day)
    DiskFolder(checkouts).removeEntries(olderThan: day)
  }
}

import Support
import Testing

@testable import Git

/// A changed file in the words of `git diff --raw`, which git and Precede can both give.
struct RawChange: Hashable, CustomStringConvertible {
  var path: [UInt8]
  var oldMode: String
  var newMode: String
  var oldID: String
  /// `worktree` when the bytes are in the work tree.
  var newID: String

  var description: String {
    "\(oldMode) \(newMode) \(oldID.prefix(7)) \(newID.prefix(7)) \(String(decoding: path, as: UTF8.self))"
  }

  static func of(_ changes: [ChangedFile]) -> Set<RawChange> {
    Set(
      changes.map {
        RawChange(
          path: $0.path, oldMode: mode($0.old), newMode: mode($0.new), oldID: id($0.old), newID: id($0.new))
      })
  }

  /// Reads `git diff --raw -z --no-renames` with whole ids.
  static func parse(_ output: [UInt8]) -> Set<RawChange> {
    let fields = output.split(separator: 0)
    var changes: Set<RawChange> = []
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      let words = String(decoding: fields[index].dropFirst(), as: UTF8.self).split(separator: " ").map(
        String.init)
      changes.insert(
        RawChange(
          path: Array(fields[index + 1]), oldMode: words[0], newMode: words[1], oldID: known(words[2]),
          newID: known(words[3])))
    }
    return changes
  }

  /// git gives the id of a file of the work tree when it is that of the index, else zeros.
  var withoutNewID: RawChange {
    var change = self
    if newMode != Self.absentMode { change.newID = "worktree" }
    return change
  }

  private static func mode(_ version: FileVersion?) -> String {
    switch version?.mode {
    case nil: absentMode
    case .regular: "100644"
    case .executable: "100755"
    case .symbolicLink: "120000"
    case .gitlink: "160000"
    case .other(let mode): String(mode, radix: 8)
    }
  }

  private static func id(_ version: FileVersion?) -> String {
    switch version?.content {
    case nil: absentID
    case .blob(let id): id.description
    case .workTreeFile: "worktree"
    }
  }

  /// Ids of SHA-256 have more zeros.
  private static func known(_ id: String) -> String { id.allSatisfy { $0 == "0" } ? absentID : id }

  private static let absentMode = "000000"
  private static let absentID = String(repeating: "0", count: 40)
}

extension TemporaryRepository {
  static let emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

  func opened(_ variables: [String: String] = [:], in folder: String? = nil) throws -> Repository {
    try Repository.open(from: folder ?? path, environment: HookEnvironment(variables))
  }

  /// With the variables that the commands get, so that git may be asked too.
  func openedWithGit(_ variables: [String: String] = [:], in folder: String? = nil) throws -> Repository {
    try opened(environment.merging(variables) { $1 }, in: folder)
  }

  /// As if libgit2 could read nothing of it.
  func openedByGit() throws -> Repository {
    let environment = HookEnvironment(environment)
    let backend = try #require(CommandBackend(openedFrom: path, environment))
    return try Repository(backend.layout, by: backend, environment)
  }

  /// What git says of a comparison; `arguments` are those of `git diff`.
  func rawDiff(_ arguments: String..., environment: [String: String] = [:]) throws -> Set<RawChange> {
    let format = ["diff", "--raw", "-z", "--no-renames", "--abbrev=64"]
    return RawChange.parse(try gitBytes(format + arguments, environment: environment))
  }

  /// What git says of the work tree, untracked files included.
  func rawWorkTree(since revision: String = "HEAD") throws -> Set<RawChange> {
    var changes = Set(try rawDiff("--ignore-submodules=dirty", revision).map(\.withoutNewID))
    for path in try gitBytes(["ls-files", "-o", "-z", "--exclude-standard"]).split(separator: 0) {
      let path = Array(path)
      guard path.last != UInt8(ascii: "/") else { continue }
      let mode = try mode(of: path)
      // Removed from the index but still there: for git a deletion and an untracked file.
      let removed = changes.first { $0.path == path }
      if let removed { changes.remove(removed) }
      let absentID = String(repeating: "0", count: 40)
      var change = RawChange(path: path, oldMode: "000000", newMode: mode, oldID: absentID, newID: "worktree")
      if let removed {
        change.oldMode = removed.oldMode
        change.oldID = removed.oldID
        let text = String(decoding: path, as: UTF8.self)
        if mode == removed.oldMode, try git("hash-object", text) == removed.oldID { continue }
      }
      changes.insert(change)
    }
    return changes
  }

  private func mode(of path: [UInt8]) throws -> String {
    let text = String(decoding: path, as: UTF8.self)
    let test =
      "if test -h \"$F\"; then echo 120000; elif test -x \"$F\"; then echo 100755; else echo 100644; fi"
    return try run(test, environment: ["F": text]).text.split(separator: "\n").map(String.init)[0]
  }
}

extension Repository {
  var headCommit: ObjectID {
    get throws { try #require(try head() as ObjectID?) }
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The error of a call that must fail.
func failure<T>(_ body: () throws -> T) -> GitError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? GitError
  }
}

func fail(_ comment: Comment? = nil) { Issue.record(comment) }

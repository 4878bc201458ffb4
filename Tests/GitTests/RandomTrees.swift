/// A random history of small trees for git-fast-import(1), in which files change, move, become links, folders and
/// submodules, and have names that no honest person gives.
struct RandomTrees {
  private struct File {
    var mode: String
    var content: String
  }

  private var files: [[UInt8]: File] = [:]
  private var random: RandomNumbers
  private let hasSubmodules: Bool
  /// What git-fast-import(1) reads.
  private(set) var stream: [UInt8] = []

  /// The commits are tagged `t1` and so on, `main` is the last of them; the tree of `staged` is to be put into the index.
  init(seed: Int, commits: Int, hasSubmodules: Bool = true) {
    random = RandomNumbers(seed: seed)
    self.hasSubmodules = hasSubmodules
    for number in 1...commits {
      change()
      write("refs/heads/main")
      stream += Array("reset refs/tags/t\(number)\nfrom refs/heads/main\n\n".utf8)
    }
    change()
    write("refs/heads/staged")
  }

  /// Some are folders of others, some no path of a sane person.
  private static let names: [[UInt8]] =
    [
      "a", "b.yaml", "c", "d-e", "d.e", "d", "s p", "new\nline", "ta\tb", "\"quoted\"", "back\\slash", "é", "e\u{301}",
      "*[a]",
    ]
    .map { Array($0.utf8) } + [[0xff, 0xfe]]

  private mutating func change() {
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let path = randomPath()
      switch Int.random(in: 0...9, using: &random) {
      case 0...3: put(File(mode: "100644", content: "\(Int.random(in: 1...4, using: &random))\n"), at: path)
      case 4: remove(path)
      case 5, 6:
        guard let moved = files.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }).randomElement(using: &random),
          let file = files.removeValue(forKey: moved)
        else { continue }
        put(file, at: path)
      case 7: put(File(mode: "120000", content: "b.yaml"), at: path)
      case 8 where hasSubmodules:
        let digit = ["1", "2"].randomElement(using: &random)!
        put(File(mode: "160000", content: String(repeating: digit, count: 40)), at: path)
      default:
        guard let file = files[path], file.mode.hasPrefix("100") else { continue }
        files[path]?.mode = file.mode == "100644" ? "100755" : "100644"
      }
    }
  }

  private mutating func randomPath() -> [UInt8] {
    let depth = [1, 1, 2, 3].randomElement(using: &random)!
    let names = (0..<depth).map { _ in Self.names.randomElement(using: &random)! }
    return Array(names.joined(separator: [UInt8(ascii: "/")]))
  }

  private mutating func put(_ file: File, at path: [UInt8]) {
    remove(path)
    for end in path.indices where path[end] == UInt8(ascii: "/") { files[Array(path[..<end])] = nil }
    files[path] = file
  }

  /// With all that is below it.
  private mutating func remove(_ path: [UInt8]) {
    files = files.filter { $0.key != path && !$0.key.starts(with: path + [UInt8(ascii: "/")]) }
  }

  private mutating func write(_ branch: String) {
    stream += Array("commit \(branch)\ncommitter A <a@b> 1000000 +0000\ndata 1\nx\n".utf8)
    if branch.hasSuffix("staged") { stream += Array("from refs/heads/main\n".utf8) }
    stream += Array("deleteall\n".utf8)
    for (path, file) in files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let quoted = "\"" + path.map { "\\" + String($0, radix: 8).leftPadded }.joined() + "\""
      if file.mode == "160000" {
        stream += Array("M 160000 \(file.content) \(quoted)\n".utf8)
      } else {
        stream += Array("M \(file.mode) inline \(quoted)\ndata \(file.content.utf8.count)\n\(file.content)\n".utf8)
      }
    }
    stream += Array("\n".utf8)
  }
}

extension String {
  fileprivate var leftPadded: String { String(repeating: "0", count: 3 - utf8.count) + self }
}

import Git
import Support
import Testing

/// Clones whose history is cut, as CI makes them: what is there is used, what is missing is named.
struct ShallowCloneTests {
  /// Six commits on `main`; `side` leaves from the fourth and has two.
  private let origin: TemporaryRepository

  init() throws {
    origin = try TemporaryRepository()
    for number in 1...4 {
      try origin.write("\(number).yaml", "\(number)")
      try origin.commit("\(number)")
    }
    try origin.run(
      "git checkout -q -b side; echo > s1; git add .; git commit -qm s1; echo > s2; git add .; git commit -qm s2"
    )
    try origin.git("checkout", "-q", "main")
    for number in 5...6 {
      try origin.write("\(number).yaml", "\(number)")
      try origin.commit("\(number)")
    }
    try origin.run("git tag base main~3; git config uploadpack.allowAnySHA1InWant true")
  }

  private func clone(depth: Int) throws -> Repository {
    try origin.git(
      "clone", "-q", "--no-single-branch", "--no-tags", "--depth", "\(depth)", "file://\(origin.path)",
      "../clone")
    return try reopened()
  }

  private func reopened() throws -> Repository {
    try origin.opened(in: origin.surroundings + "/clone")
  }

  private func id(_ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: try origin.git("rev-parse", name)))
  }

  @Test func parentIsCutOff() throws {
    let opened = try clone(depth: 1)
    let missing = try id("main~1")
    for name in ["HEAD~1..HEAD", "HEAD^!", "HEAD^..", "HEAD~2", "\(missing)..HEAD", "\(missing)...HEAD"] {
      let error = failure { try opened.resolve(name) }
      #expect(error?.cause == .missingObject(missing, .shallowClone), "\(name)")
      let hint = error?.hint ?? ""
      #expect(hint.hasPrefix("run `git fetch --no-tags --depth=1 origin \(missing)`; a full clone also does"))
      #expect(error?.isUnknownRevision == false)
    }
    try origin.git("-C", "../clone", "fetch", "-q", "--no-tags", "--depth=1", "origin", missing.description)
    let fetched = try reopened()
    #expect(try fetched.resolve("HEAD~1..HEAD") == .twoDot(missing, id("main")))
    #expect(try fetched.changes(from: missing, to: id("main")).map(\.path) == [bytes("6.yaml")])
  }

  @Test func nameIsNotFetched() throws {
    let error = failure { try clone(depth: 1).resolve("base..HEAD") }
    #expect(error?.cause == .unknownRevision("base", inShallowClone: true))
    #expect(error?.hint?.contains("fetch-depth: 0") == true)
  }

  @Test(arguments: 2...5) func mergeBase(depth: Int) throws {
    let opened = try clone(depth: depth)
    let pairs = [
      ("main", "side"), ("main", "main~1"), ("side", "side~1"), ("side", "main~1"), ("main~1", "main"),
    ]
    for (a, b) in pairs {
      let a = try id(a)
      let b = try id(b)
      let known = try origin.run("git -C ../clone merge-base \(a) \(b)")
      if known.status == 0 {
        #expect(try opened.mergeBase(a, b)?.description == String(known.text.dropLast()))
      } else {
        let error = failure { try opened.mergeBase(a, b) }
        #expect(error?.cause == .historyTooShort(a, b))
        #expect(error?.hint?.contains("git fetch --unshallow") == true)
      }
    }
  }

  @Test func rangesInside() throws {
    let opened = try clone(depth: 3)
    #expect(try opened.changes(from: id("main~2"), to: id("main")).count == 2)
    #expect(try opened.mergeBase(id("main"), id("side")) == id("main~2"))
    #expect(try opened.stagedChanges().isEmpty)
  }
}

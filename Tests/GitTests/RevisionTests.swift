import Git
import Support
import Testing

/// Names of revisions, each time as `git rev-parse` has them.
struct RevisionTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    for name in ["one", "two", "three"] {
      try repository.write("\(name).yaml", name)
      try repository.commit(name)
    }
    try repository.run(
      "git checkout -q -b side HEAD~1; git commit -q --allow-empty -m side; git checkout -q main")
    try repository.run("git merge -q -m merge side; git tag light HEAD~1")
    try repository.run("git tag -a -m t heavy; git tag -a -m t tree 'HEAD^{tree}'")
  }

  @Test(arguments: [
    "HEAD", "main", "side", "HEAD~", "HEAD~3", "HEAD^", "HEAD^2", "HEAD^2~1", "HEAD~1^1", "HEAD^0", "HEAD^^",
    "@", "@~1",
    "light", "heavy", "heavy~1", "heavy^{commit}", "refs/heads/main", "HEAD^{/two}", ":/two", "main@{0}",
    "HEAD^{/two}~1", "HEAD~1^0",
  ])
  func commit(name: String) throws {
    let id = try #require(
      ObjectID(hex: try repository.git("rev-parse", name.hasPrefix(":") ? name : name + "^{commit}")))
    #expect(try repository.opened().resolve(name) == .commit(id))
  }

  @Test func commitByDigits() throws {
    let id = try #require(ObjectID(hex: try repository.git("rev-parse", "HEAD")))
    #expect(try repository.opened().resolve(id.description) == .commit(id))
    #expect(try repository.opened().resolve(String(id.description.prefix(8))) == .commit(id))
  }

  @Test(arguments: [
    "nope", "three.yaml", "folder/../x.yaml", "../x.yaml", "abc", "abcd", "deadbeef", "HEAD^3", "HEAD~9",
    "HEAD^^^^^^", "nope..HEAD",
    "HEAD...nope", "HEAD^@", "HEAD^-", "^HEAD", "a b", "", "x*", "/abs/x.yaml", "./x", "x/", "-x",
    "a b/c.yaml", "é.yaml", ".", "..", "a[1].yaml", "a\\b", ":one.yaml", ":/nope", "a:b.yaml", "@{9}",
    "...nope", "HEAD~99999999999999999999", "HEAD^{",
    "main@{upstream}x",
  ])
  func unknown(name: String) throws {
    let error = failure { try repository.opened().resolve(name) }
    #expect(error?.isUnknownRevision == true, "\(String(describing: error))")
    #expect(error?.operation.hasPrefix("find the revision") == true)
    #expect(error?.hint == nil)
  }

  @Test(arguments: ["tree", "HEAD^{tree}", "HEAD:one.yaml"]) func notACommit(name: String) throws {
    let error = failure { try repository.opened().resolve(name) }
    #expect(error?.cause == .notACommit(name))
    #expect(error?.isUnknownRevision == false)
  }

  @Test func missingID() throws {
    let id = try #require(ObjectID(hex: String(repeating: "12", count: 20)))
    #expect(failure { try repository.opened().resolve("\(id)..HEAD") }?.cause == .missingObject(id, .damage))
  }

  @Test func ambiguousDigits() throws {
    // 400 objects are enough for two with the same four digits, most likely by far; else there is nothing to
    // see.
    try repository.run("for i in $(seq 400); do echo $i > f$i; done; git add .")
    let all = try repository.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split(
      separator: "\n")
    let groups = Dictionary(grouping: all) { $0.prefix(4) }
    guard let digits = groups.first(where: { $0.value.count > 1 })?.key else { return }
    #expect(
      failure { try repository.opened().resolve(String(digits)) }?.cause == .ambiguousRevision(String(digits))
    )
  }

  @Test func beforeTheFirstCommit() throws {
    let empty = try TemporaryRepository()
    #expect(failure { try empty.opened().resolve("HEAD") }?.isUnknownRevision == true)
    #expect(failure { try empty.opened().resolve("../x") }?.isUnknownRevision == true)
  }
}

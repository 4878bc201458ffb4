import Git
import Support
import Testing

/// Content, and objects that are damaged or gone: always an error, never other data or "nothing changed".
struct BlobTests {
  private let repository: TemporaryRepository
  private let big = [UInt8]((0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) })

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\r\n")
    try repository.write("folder/b.yaml", "\u{FEFF}b: 1")
    try repository.write("big", big)
    try repository.commit("one")
  }

  private func object(_ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: try repository.git("rev-parse", name)))
  }

  @Test(arguments: [false, true]) func content(isPacked: Bool) throws {
    if isPacked { try repository.git("gc", "-q") }
    let opened = try repository.opened()
    #expect(try opened.blob(object("HEAD:a.yaml"), limit: 6) == .bytes(bytes("a: 1\r\n")))
    #expect(
      try opened.blob(object("HEAD:a.yaml"), limit: 5) == .tooLarge(size: 6, beginning: bytes("a: 1\r\n")))
    #expect(try opened.blob(object("HEAD:folder/b.yaml"), limit: 100) == .bytes(bytes("\u{FEFF}b: 1")))
    #expect(try opened.blob(object("HEAD:big"), limit: 1_000_000) == .bytes(big))
    let beginning = Array(big.prefix(64 * 1024))
    #expect(
      try opened.blob(object("HEAD:big"), limit: 70_000) == .tooLarge(size: big.count, beginning: beginning))
    #expect(throws: GitError.self) { try opened.blob(object("HEAD"), limit: 1000) }
  }

  @Test func identifiers() throws {
    let hex = String(repeating: "0123456789abcdef", count: 3).prefix(40)
    #expect(ObjectID(hex: hex)?.description == String(hex))
    #expect(ObjectID(hex: hex.uppercased())?.description == String(hex))
    #expect(ObjectID(hex: hex.dropLast()) == nil)
    #expect(ObjectID(hex: hex.dropLast() + "g") == nil)
    #expect(ObjectID(hex: String(repeating: "0", count: 40))?.isZero == true)
  }

  private func damage(_ id: ObjectID, _ command: String) throws {
    let hex = id.description
    try repository.run("F=.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2)); chmod +w $F; \(command)")
  }

  @Test func missingBlob() throws {
    let id = try object("HEAD:a.yaml")
    try damage(id, "rm $F")
    let error = failure { try repository.opened().blob(id, limit: 100) }
    #expect(error?.cause == .missingObject(id, .damage))
    #expect(error?.hint == "run `git fsck`")
    // The list of changes does not need it.
    let opened = try repository.opened()
    #expect(try opened.changes(from: nil, to: opened.headCommit).count == 3)
  }

  @Test(arguments: ["HEAD:folder", "HEAD^{tree}", "HEAD"]) func missingTree(name: String) throws {
    let id = try object(name)
    let head = try object("HEAD")
    try repository.write("c.yaml", "")
    try repository.git("add", ".")
    try damage(id, "rm $F")
    let opened = try repository.opened()
    #expect(failure { try opened.changes(from: nil, to: head) }?.cause == .missingObject(id, .damage))
    #expect(failure { try opened.tree(of: head).files(under: []) }?.cause == .missingObject(id, .damage))
    #expect(failure { try opened.stagedChanges() }?.cause == .missingObject(id, .damage))
    #expect(failure { try opened.workTreeChanges(since: head) } != nil)
  }

  @Test(arguments: [
    "printf xxxxxxxxxxxxxxxx > $F", ": > $F",
    "cp .git/objects/*/$(git rev-parse HEAD:folder/b.yaml | cut -c 3-) $F",
  ])
  func damagedBlob(command: String) throws {
    let id = try object("HEAD:a.yaml")
    try damage(id, command)
    let error = failure { try repository.opened().blob(id, limit: 100) }
    guard case .corruptObject(id, _) = error?.cause else {
      return fail("\(String(describing: error))")
    }
    #expect(error?.hint == "run `git fsck`")
  }

  @Test func damagedTree() throws {
    try damage(object("HEAD:folder"), "printf xxxxxxxxxxxxxxxx > $F")
    let opened = try repository.opened()
    #expect(throws: GitError.self) { try opened.changes(from: nil, to: opened.headCommit) }
    #expect(throws: GitError.self) { try opened.workTreeChanges(since: opened.head()) }
  }

  @Test func damagedReferences() throws {
    try repository.write(".git/refs/heads/main", "junk\n")
    #expect(throws: GitError.self) { try repository.opened().head() }
    #expect(throws: GitError.self) { try repository.opened().stagedChanges() }
    try repository.write(".git/HEAD", "ref: refs/heads/../x\n")
    #expect(throws: GitError.self) { try repository.opened().stagedChanges() }
  }
}

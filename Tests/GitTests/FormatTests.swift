import Git
import Support
import Testing

/// Repositories and indexes of formats that libgit2 does not read, or reads only when told to.
struct FormatTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("folder/b.yaml", "b: 1\n")
    try repository.commit("one")
    try repository.write("a.yaml", "a: 2\n")
  }

  @Test(arguments: ["worktreeConfig", "preciousObjects", "relativeWorktrees"])
  func harmlessExtension(_ name: String) throws {
    try repository.run("git add .")
    let format = "[core]\n\trepositoryformatversion = 1\n\tbare = false\n[extensions]\n\t\(name) = true\n"
    try repository.write(".git/config", format)
    #expect(try repository.opened().stagedChanges().count == 1)
  }

  @Test func partialCloneWithSparseCheckout() throws {
    try repository.commit("two")
    try repository.git("config", "uploadpack.allowFilter", "true")
    let url = "file://" + repository.path
    try repository.git("clone", "-q", "--filter=blob:none", "--sparse", url, "../partial")
    try repository.protectFromMachine(in: "../partial")
    #expect(try repository.git("-C", "../partial", "config", "core.repositoryFormatVersion") == "1")
    let opened = try repository.opened(in: repository.surroundings + "/partial")
    #expect(try opened.stagedChanges().isEmpty)
    #expect(try opened.workTreeChanges(since: opened.head()).isEmpty)
    #expect(try opened.workTreeFiles(under: []) == [bytes("a.yaml")])
    let head = try opened.tree(of: opened.head())
    guard case .blob(let id) = try head.file(at: bytes("folder/b.yaml"))?.content else {
      return fail()
    }
    let error = failure { try opened.blob(id, limit: 100) }
    #expect(error?.cause == .missingObject(id, .partialClone))
    #expect(error?.reason == "object \(id) is missing")
  }

  @Test func unknownExtension() throws {
    try repository.run("git config core.repositoryFormatVersion 1; git config extensions.novel true")
    #expect(failure { try repository.opened() }?.cause == .unsupportedExtension("novel", value: "true"))
    try repository.run(
      "sed -i s/novel/refStorage/ .git/config; git config -f .git/config extensions.refStorage reftable")
    let error = failure { try repository.opened(in: repository.path + "/folder") }
    #expect(error?.cause == .unsupportedExtension("refstorage", value: "reftable"))
    #expect(error?.hint == "put a git on PATH that reads this format")
  }

  @Test func unknownVersion() throws {
    try repository.run("git config core.repositoryFormatVersion 2")
    #expect(failure { try repository.opened() }?.reason.contains("version 2") == true)
  }

  @Test func sha256() throws {
    let other = try TemporaryRepository(empty: ())
    try other.git("init", "-q", "--object-format=sha256", ".")
    let error = failure { try other.opened() }
    #expect(error?.cause == .unsupportedExtension("objectformat", value: "sha256"))
    #expect(error?.hint == "put a git on PATH that reads this format")
  }

  @Test func brokenConfiguration() throws {
    try repository.write(".git/config", "[core\n")
    guard case .configuration = failure({ try repository.opened() })?.cause else {
      return fail()
    }
  }

  private func expectIndexTrouble(_ trouble: GitError.IndexTrouble, hint: String) throws {
    let opened = try repository.opened()
    let error = failure { try opened.stagedChanges() }
    #expect(error?.cause == .unsupportedIndex(trouble))
    #expect(error?.operation == "read the index")
    #expect(error?.hint?.contains(hint) == true)
    #expect(failure { try opened.workTreeChanges(since: opened.head()) } == error)
    #expect(failure { try opened.workTreeFiles(under: []) } == error)
    #expect(try opened.changes(from: nil, to: opened.headCommit).count == 2)
  }

  @Test func splitIndex() throws {
    try repository.git("update-index", "--split-index")
    try expectIndexTrouble(.split, hint: "git update-index --no-split-index")
  }

  @Test func sparseIndex() throws {
    try repository.run("git checkout -q .; git sparse-checkout set --cone --sparse-index other")
    try expectIndexTrouble(.sparse, hint: "git sparse-checkout reapply --no-sparse-index")
  }

  /// What `index.skipHash` writes: zeros in place of the checksum.
  @Test func indexWithoutChecksum() throws {
    try repository.run("head -c -20 .git/index > x; head -c 20 /dev/zero >> x; mv x .git/index")
    let opened = try repository.opened()
    guard failure({ try opened.stagedChanges() }) != nil else { return }  // libgit2 1.9 reads it.
    try expectIndexTrouble(.checksum, hint: "index.skipHash=false")
  }

  @Test(arguments: ["echo junk", "true", "head -c 80 /dev/zero"]) func damagedIndex(_ command: String) throws {
    try repository.run("\(command) > .git/index")
    let error = failure { try repository.opened().stagedChanges() }
    guard case .unsupportedIndex(.other) = error?.cause else { return fail("\(String(describing: error))") }
    #expect(error?.hint?.contains("git reset") == true)
  }
}

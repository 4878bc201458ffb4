import Support
import Testing

@testable import Git

/// What libgit2 cannot read is read by the git command, and only then; without git it is an error that says what to do.
struct GitCommandTests {
  private let repository: TemporaryRepository

  init() throws {
    repository = try TemporaryRepository()
    try Self.fill(repository)
  }

  /// One commit, then a staged change, an untracked file and a file that has changed since it was staged.
  private static func fill(_ repository: TemporaryRepository) throws {
    try repository.write("a.yaml", "a: 1\n")
    try repository.write("folder/b.yaml", "b: 1\n")
    try repository.write("folder/c.yaml", "c: 1\n")
    try repository.commit("one")
    try repository.write("a.yaml", "a: 2\n")
    try repository.git("add", "a.yaml")
    try repository.write("folder/b.yaml", "b: 2\n")
    try repository.write("new.yaml", "n: 1\n")
  }

  /// - Parameter trouble: what is said of it.
  private func expectGit(_ repository: TemporaryRepository, _ trouble: String) throws {
    let opened = try repository.openedWithGit()
    #expect(RawChange.of(try opened.stagedChanges()) == (try repository.rawDiff("--cached")))
    #expect(
      Set(RawChange.of(try opened.workTreeChanges(since: opened.head())).map(\.withoutNewID))
        == (try repository.rawWorkTree()))
    #expect(RawChange.of(try opened.changes(from: nil, to: opened.headCommit)).count == 3)
    #expect(opened.reader.contains("/git"), "\(opened.reader)")
    #expect(opened.reader.hasSuffix(trouble), "\(opened.reader)")
    let index = try opened.index()
    #expect(try index.files(under: []).count == 3)
    #expect(try index.file(at: bytes("folder")) == nil)
    guard case .blob(let id) = try index.file(at: bytes("a.yaml"))?.content else { return fail() }
    #expect(try opened.blob(id, limit: 100) == .bytes(bytes("a: 2\n")))
    #expect(try opened.blob(id, limit: 4) == .tooLarge(size: 5, beginning: bytes("a: 2\n")))
    let error = failure { try repository.opened().stagedChanges() }
    #expect(error?.reason == trouble)
    #expect(error?.hint?.hasPrefix("put ") == true)
  }

  @Test func libraryAloneReadsWhatItCan() throws {
    let opened = try repository.openedWithGit()
    _ = try (opened.stagedChanges(), opened.workTreeChanges(since: opened.head()), opened.resolve("HEAD~0"))
    #expect(opened.reader.hasPrefix("libgit2 ") && !opened.reader.contains("git,"))
    #expect(!opened.reader.contains("/"))
  }

  @Test func splitIndex() throws {
    try repository.git("update-index", "--split-index")
    try expectGit(repository, "a split index is not supported")
    // Both parts must be there.
    try repository.run("rm .git/sharedindex.*")
    let error = failure { try repository.openedWithGit().stagedChanges() }
    guard case .unsupportedIndex(.other(let text)) = error?.cause else { return fail("\(String(describing: error))") }
    #expect(text.hasPrefix("git says: "))
  }

  @Test func sparseIndex() throws {
    try repository.run("git stash -q -u; git sparse-checkout set --cone --sparse-index; git stash pop -q")
    try repository.run("echo 'a: 2' > a.yaml; git add a.yaml")
    let opened = try repository.openedWithGit()
    #expect(RawChange.of(try opened.stagedChanges()) == (try repository.rawDiff("--cached")))
    #expect(try opened.index().files(under: bytes("folder")).count == 2)
    #expect(opened.reader.hasSuffix("a sparse index is not supported"))
    #expect(failure { try repository.opened().index() }?.cause == .unsupportedIndex(.sparse))
  }

  /// What `index.skipHash` writes: zeros in place of the checksum.
  @Test func indexWithoutChecksum() throws {
    try repository.run("head -c -20 .git/index > ../x; head -c 20 /dev/zero >> ../x; mv ../x .git/index")
    guard failure({ try repository.opened().stagedChanges() }) != nil else { return }  // libgit2 1.9 reads it.
    try expectGit(repository, "an index without a checksum is not supported")
  }

  /// git itself does not look at the checksum, so that it is not asked.
  @Test func wrongChecksumIsDamage() throws {
    try repository.run("head -c -20 .git/index > ../x; head -c 20 /dev/urandom >> ../x; mv ../x .git/index")
    let error = failure { try repository.openedWithGit().stagedChanges() }
    guard case .unsupportedIndex(.other) = error?.cause else { return fail("\(String(describing: error))") }
    #expect(error?.hint?.contains("git reset") == true)
  }

  @Test func partOfTheIndexThatNobodyKnows() throws {
    let script = """
      head -c -20 .git/index > ../x; printf 'zzzz\\0\\0\\0\\0' >> ../x
      sha1sum < ../x | head -c 40 | sed 's/../\\\\x&/g' > ../sum; printf "$(cat ../sum)" >> ../x; mv ../x .git/index
      """
    try repository.run("bash -c \"$SCRIPT\"", environment: ["SCRIPT": script])
    #expect(failure { try repository.opened().stagedChanges() }?.cause == .unsupportedIndex(.part("zzzz")))
    let error = failure { try repository.openedWithGit().stagedChanges() }
    #expect(error?.reason.hasPrefix("git says: ") == true, "\(String(describing: error))")
  }

  @Test func sha256() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    try Self.fill(other)
    try expectGit(other, "the format 'sha256' of extensions.objectformat is not supported")
    let opened = try other.openedWithGit()
    let head = try other.git("rev-parse", "HEAD")
    #expect(try opened.resolve("HEAD^!") == .single(#require(ObjectID(hex: head)), parent: nil))
    #expect(try opened.resolve(String(head.prefix(9))).isCommit(head))
    #expect(failure { try opened.resolve("HEAD~1") }?.isUnknownRevision == true)
    #expect(failure { try opened.resolve("-x") }?.isUnknownRevision == true)
    #expect(failure { try opened.resolve("HEAD:a.yaml") }?.cause == .notACommit("HEAD:a.yaml"))
    let zeros = String(repeating: "0", count: 64)
    guard case .twoDot(let zero, _) = try opened.resolve("\(zeros)..HEAD") else { return fail() }
    #expect(zero.isZero)
  }

  @Test func sha256BeforeTheFirstCommit() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    #expect(try other.openedWithGit().head() == nil)
    #expect(try other.openedWithGit().stagedChanges().isEmpty)
    try other.write("a.yaml", "a: 1\n")
    try other.git("add", ".")
    #expect(RawChange.of(try other.openedWithGit().stagedChanges()) == (try other.rawDiff("--cached")))
    // A branch that is damaged is not one that is not there yet.
    try other.write(".git/refs/heads/main", "junk\n")
    #expect(throws: GitError.self) { try other.openedWithGit().stagedChanges() }
  }

  @Test func sha256InOtherPlaces() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    try Self.fill(other)
    try other.run("git worktree add -q ../linked; echo 'a: 3' > ../linked/a.yaml; git -C ../linked add .")
    let linked = try other.openedWithGit(in: other.surroundings + "/linked")
    #expect(linked.workTree == other.surroundings + "/linked")
    #expect(try linked.stagedChanges().map(\.path) == [bytes("a.yaml")])
    #expect(try other.openedWithGit(in: other.path + "/folder").workTree == other.path)
    try other.git("clone", "-q", "--bare", ".", "../bare.git")
    let bare = try other.openedWithGit(in: other.surroundings + "/bare.git")
    #expect(bare.workTree == nil)
    #expect(try bare.changes(from: nil, to: bare.headCommit).count == 3)
    #expect(failure { try bare.index() }?.cause == .bare)
    try other.run("cp .git/index .git/next; GIT_INDEX_FILE=.git/next git add new.yaml")
    let next = try other.openedWithGit(["GIT_INDEX_FILE": ".git/next"], in: other.path + "/folder")
    #expect(try next.stagedChanges().count == 2)
  }

  /// Objects that are damaged or gone: always an error, never other data.
  @Test func damagedObjects() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    try Self.fill(other)
    let id = try #require(ObjectID(hex: try other.git("rev-parse", "HEAD:folder/c.yaml")))
    let hex = id.description
    let file = ".git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    try other.run("chmod +w \(file); printf xxxxxxxxxxxxxxxx > \(file)")
    let opened = try other.openedWithGit()
    guard case .corruptObject(id, _) = failure({ try opened.blob(id, limit: 100) })?.cause else { return fail() }
    // Another question goes to another git.
    #expect(try opened.changes(from: nil, to: opened.headCommit).count == 3)
    try other.run("rm \(file)")
    #expect(failure { try other.openedWithGit().blob(id, limit: 100) }?.cause == .missingObject(id, .damage))
  }

  /// Marks of a reftable repository, made by hand: a git that does not know it says no, and so do we.
  @Test func reftable() throws {
    try repository.run(
      "git config core.repositoryFormatVersion 1; git config extensions.refStorage reftable; mkdir .git/reftable")
    try repository.write(".git/HEAD", "ref: refs/heads/.invalid\n")
    let error = failure { try repository.openedWithGit() }
    let trouble = GitError.Cause.unsupportedExtension("refstorage", value: "reftable")
    // A git that knows it finds no table.
    #expect(error == nil || error?.cause == trouble)
    #expect(failure { try repository.opened() }?.cause == trouble)
  }

  @Test(.enabled("this git cannot make reftables") { try TemporaryRepository.canMake("--ref-format=reftable") })
  func reftableOfGit() throws {
    let other = try TemporaryRepository("--ref-format=reftable")
    try Self.fill(other)
    try expectGit(other, "the format 'reftable' of extensions.refstorage is not supported")
  }

  @Test(arguments: ["objectFormat sha1", "refStorage files"]) func usualFormats(_ setting: String) throws {
    try repository.run("git config extensions.\(setting); git config core.repositoryFormatVersion 1")
    let opened = try repository.opened()
    #expect(try opened.stagedChanges().map(\.path) == [bytes("a.yaml")])
  }

  @Test func noProgramIsRun() throws {
    let other = try TemporaryRepository("--object-format=sha256")
    let programs = """
      [filter "x"]
      \tclean = touch ../ran; cat
      \tprocess = touch ../ran
      \trequired = true
      [core]
      \tfsmonitor = touch ../ran; true
      """
    try Self.fill(other)
    try other.write(".gitattributes", "* filter=x\n")
    try other.run("cat >> .git/config; git update-index --refresh", input: bytes(programs))
    try other.run("rm -f ../ran; touch a.yaml folder/*")
    let opened = try other.openedWithGit()
    _ = try (opened.stagedChanges(), opened.workTreeChanges(since: opened.head()))
    #expect(!(other.surroundings + "/ran").isExistingPath)
  }
}

extension Revision {
  fileprivate func isCommit(_ hex: String) -> Bool { self == ObjectID(hex: hex).map(Revision.commit) }
}

extension TemporaryRepository {
  /// Whether the git of the machine knows an argument of `git init`.
  fileprivate static func canMake(_ argument: String) throws -> Bool {
    try TemporaryRepository(empty: ()).run("git init -q \(argument) .").status == 0
  }
}

import Support
import Testing

@testable import Git

/// Clones without blobs or trees: git fetches what is missing, as it does for itself; if it may not, that is an error.
struct PartialCloneTests {
  private let origin: TemporaryRepository

  init() throws {
    origin = try TemporaryRepository()
    for number in 1...3 {
      try origin.write("folder/a.yaml", "a: \(number)\n")
      try origin.write("folder/deep/\(number).yaml", "\(number)\n")
      try origin.commit("\(number)")
    }
    try origin.run("git config uploadpack.allowFilter true; git config uploadpack.allowAnySHA1InWant true")
  }

  private func clone(_ filter: String, _ variables: [String: String] = [:]) throws -> Repository {
    try origin.git("clone", "-q", "--no-checkout", "--filter=\(filter)", "file://\(origin.path)", "../clone")
    return try origin.openedWithGit(variables, in: origin.surroundings + "/clone")
  }

  private func expectAll(_ opened: Repository) throws {
    guard case .twoDot(let old, let new) = try opened.resolve("HEAD~2..HEAD") else { return fail() }
    let known = try origin.rawDiff("HEAD~2", "HEAD")
    #expect(RawChange.of(try opened.changes(from: old, to: new)) == known)
    for change in try opened.changes(from: old, to: new) {
      guard case .blob(let id) = change.new?.content else { return fail() }
      #expect(try opened.blob(id, limit: 100) == origin.opened().blob(id, limit: 100))
    }
  }

  @Test(arguments: ["blob:none", "tree:0"]) func missingIsFetched(filter: String) throws {
    let opened = try clone(filter)
    try expectAll(opened)
    #expect(opened.reader.contains("objects are missing"), "\(opened.reader)")
    // Everything is here now, so that libgit2 needs no help.
    let again = try origin.opened(in: origin.surroundings + "/clone")
    try expectAll(again)
    #expect(again.reader.hasPrefix("libgit2"))
  }

  @Test func stagedAgainstATreeThatIsMissing() throws {
    _ = try clone("tree:0")
    try origin.run("cd ../clone; git read-tree --empty; echo x > x.yaml; git add x.yaml")
    let opened = try origin.openedWithGit(in: origin.surroundings + "/clone")
    #expect(try opened.stagedChanges().count == 5)
  }

  @Test(arguments: ["blob:none", "tree:0"]) func originIsGone(filter: String) throws {
    let opened = try clone(filter)
    try origin.run("mv .git gone")
    guard case .twoDot(let old, let new) = try opened.resolve("HEAD~2..HEAD") else { return fail() }
    let error = failure {
      for change in try opened.changes(from: old, to: new) {
        guard case .blob(let id) = change.new?.content else { return }
        _ = try opened.blob(id, limit: 100)
      }
    }
    guard case .missingObject(_?, .partialClone) = error?.cause else { return fail("\(String(describing: error))") }
    #expect(error?.hint?.contains("--filter") == true)
  }

  @Test func notAllowedToFetch() throws {
    let opened = try clone("blob:none", ["GIT_NO_LAZY_FETCH": "1"])
    guard case .blob(let id) = try opened.tree(of: opened.head()).file(at: bytes("folder/a.yaml"))?.content else {
      return fail()
    }
    // A git that does not know the variable fetches.
    let error = failure { try opened.blob(id, limit: 100) }
    #expect(error == nil || error?.cause == .missingObject(id, .partialClone))
    let alone = try origin.opened(in: origin.surroundings + "/clone")
    if error != nil { #expect(failure { try alone.blob(id, limit: 100) }?.cause == .missingObject(id, .partialClone)) }
  }
}

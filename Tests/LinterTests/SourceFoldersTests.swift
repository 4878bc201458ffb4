import Foundation
import Testing

@testable import Linter

/// The files that an assembly says its constructs were made in, as files of the repository.
@Suite struct SourceFoldersTests {
  @Test func checkoutsStandForTheRepository() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: home) }
    let cache = try SynthCache(["HOME": home])
    let folders = SourceFolders(workTree: "/home/ada/shop", cache: cache)
    let checkout = try ThrowAwayCheckout(named: "the-index", in: cache)
    #expect(folders.path(of: checkout.top + "/infra/lib/app.ts") == "infra/lib/app.ts")
    checkout.remove()
    #expect(!FileManager.default.fileExists(atPath: checkout.top))
    // What was kept outlives the checkout that it came from.
    #expect(folders.path(of: cache.checkouts + "/4f2a-Xy12Zq/top/app.py") == "app.py")
    #expect(folders.path(of: cache.checkouts + "/4f2a-Xy12Zq/out/app.py") == nil)
    #expect(folders.path(of: "/home/ada/shop/lib/app.ts") == "lib/app.ts")
    #expect(folders.path(of: "/home/ada/shopping/app.ts") == nil)
    #expect(folders.path(of: "node:internal/main") == nil)
  }

  @Test func aTreeCannotLeadOutOfItsCheckout() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: home) }
    let disk = DiskFolder(home)
    try disk.make()
    for path in ["../out", "a/../../out", "", "a//b", "./a"] {
      #expect(throws: RunError.self) { try disk.write([], to: Array(path.utf8), isExecutable: false) }
    }
    try disk.link(Array("link".utf8), to: Array("/tmp".utf8))
    #expect(throws: RunError.self) { try disk.write([], to: Array("link/out".utf8), isExecutable: false) }
    #expect(throws: RunError.self) { try disk.write([], to: Array("link".utf8), isExecutable: false) }
  }
}

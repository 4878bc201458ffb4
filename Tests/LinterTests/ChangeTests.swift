import Diagnostics
import Foundation
import Support
import Templates
import Testing

@testable import Linter

/// Pairs of versions: `old.yaml` and `new.yaml`, either of which may be missing, and what the change between them brings
/// in `expected.out`: the services it affects, then every diagnostic with its status.
@Suite struct ChangeTests {
  @Test(arguments: try ChangeTests.cases()) func change(name: String) throws {
    let folder = ChangeTests.folder.appending(path: name)
    let found = try ChangeTests.report(
      old: ChangeTests.file("old.yaml", folder), new: ChangeTests.file("new.yaml", folder))
    let difference = try Golden.difference(of: folder.appending(path: "expected.out"), to: ChangeTests.text(of: found))
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// What was there before is never new: a file compared with itself affects nothing.
  @Test(arguments: try ChangeTests.cases()) func nothingChanges(name: String) throws {
    let file = try ChangeTests.file("new.yaml", ChangeTests.folder.appending(path: name))
    let found = try ChangeTests.report(old: file, new: file)
    #expect(found.services.affected.isEmpty)
    #expect(found.diagnostics.allSatisfy { $0.status == .existing || $0.rule == "unreadable-template" })
  }

  private static let folder = Project.fixtures.appending(path: "changes")

  private static func cases() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  private static func file(_ name: String, _ folder: URL) throws -> [UInt8]? {
    let url = folder.appending(path: name)
    return FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) ? Array(try Data(contentsOf: url)) : nil
  }

  private static func report(old: [UInt8]?, new: [UInt8]?) throws -> Report {
    let path: Path = "template.yaml"
    var run = Run(
      Comparison(
        scope: .init(mode: "range", base: "old", head: "new"),
        old: MemorySnapshot(files: old.map { [path: $0] } ?? [:]),
        new: MemorySnapshot(files: new.map { [path: $0] } ?? [:]), paths: [path]))
    try run.look(at: path)
    return try run.report(narrowedBy: PathFilter(paths: []))
  }

  private static func text(of report: Report) -> String {
    let affected = report.services.affected.map(\.logicalID).joined(separator: ", ")
    let diagnostics = report.diagnostics.map { diagnostic in
      "\(diagnostic.status.rawValue) \(diagnostic.severity.rawValue) \(diagnostic.rule): \(diagnostic.message)\n"
    }
    let resolved = report.resolved.map { "resolved \($0.rule): \($0.message)\n" }
    return "affected: \(affected.isEmpty ? "none" : affected)\n" + diagnostics.joined() + resolved.joined()
  }
}

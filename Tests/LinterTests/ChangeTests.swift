import Diagnostics
import Foundation
import Support
import Templates
import Testing

@testable import Linter

/// Pairs of versions: `old.yaml` and `new.yaml`, either of which may be missing, or the folders `old` and `new` with the
/// files of an assembly, and what the change between them brings in `expected.out`: the services it affects, then every
/// diagnostic with its status.
@Suite struct ChangeTests {
  @Test(arguments: try ChangeTests.cases()) func change(name: String) throws {
    let folder = ChangeTests.folder.appending(path: name)
    let found = try ChangeTests.report(
      old: ChangeTests.files("old", folder), new: ChangeTests.files("new", folder))
    let difference = try Golden.difference(
      of: folder.appending(path: "expected.out"), to: ChangeTests.text(of: found))
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// What was there before is never new: a file compared with itself affects nothing.
  @Test(arguments: try ChangeTests.cases()) func nothingChanges(name: String) throws {
    let files = try ChangeTests.files("new", ChangeTests.folder.appending(path: name))
    let found = try ChangeTests.report(old: files, new: files)
    #expect(found.services.affected.isEmpty)
    #expect(found.diagnostics.allSatisfy { $0.status == .existing || $0.rule == "unreadable-template" })
  }

  private static let folder = Project.fixtures.appending(path: "changes")

  private static func cases() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
  }

  /// The files of one side.
  private static func files(_ side: String, _ folder: URL) throws -> [Path: [UInt8]] {
    let assembly = folder.appending(path: side)
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: assembly.path(percentEncoded: false))) ?? []
    if !names.isEmpty {
      return Dictionary(
        uniqueKeysWithValues: try names.map {
          (Path("cdk.out/\($0)"), Array(try Data(contentsOf: assembly.appending(path: $0))))
        })
    }
    let file = folder.appending(path: "\(side).yaml")
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return [:] }
    return ["template.yaml": Array(try Data(contentsOf: file))]
  }

  private static func report(old: [Path: [UInt8]], new: [Path: [UInt8]]) throws -> Report {
    let paths = Set(old.keys).union(new.keys).sorted()
    var run = Run(
      Comparison(
        scope: .init(mode: "range", base: "old", head: "new"), old: MemorySnapshot(files: old),
        new: MemorySnapshot(files: new), paths: paths))
    for path in paths { try run.look(at: path) }
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

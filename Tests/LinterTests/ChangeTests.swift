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

  /// A place gives way only to a line of the change, stays as a note, and is not what makes a diagnostic what it is.
  @Test(arguments: try ChangeTests.cases()) func placesFollowChangedLines(name: String) throws {
    let folder = ChangeTests.folder.appending(path: name)
    let (old, new) = (try ChangeTests.files("old", folder), try ChangeTests.files("new", folder))
    let run = try ChangeTests.run(old: old, new: new)
    let found = try run.report(narrowedBy: PathFilter(paths: []))
    var shown = found
    try run.showChangedLines(in: &shown, within: PathFilter(paths: []))
    #expect(shown.diagnostics.map(\.fingerprint).sorted() == found.diagnostics.map(\.fingerprint).sorted())
    #expect(shown.diagnostics == shown.diagnostics.sorted())
    for diagnostic in found.diagnostics {
      let after = try #require(shown.diagnostics.first { $0.fingerprint == diagnostic.fingerprint })
      guard after.location != diagnostic.location else { continue }
      #expect(ChangeTests.lines(like: diagnostic.location, in: old) > 0)
      #expect(ChangeTests.lines(like: after.location, in: new) > ChangeTests.lines(like: after.location, in: old))
      #expect(after.notes.contains { $0.location == diagnostic.location })
      #expect(diagnostic.notes.contains { $0.location == after.location })
    }
  }

  /// How many lines of a file read like the one that a place is on.
  private static func lines(like place: Location, in files: [Path: [UInt8]]) -> Int {
    String(decoding: files[place.path] ?? [], as: UTF8.self).split(separator: "\n").count { $0 == place.line ?? "" }
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
    try run(old: old, new: new).report(narrowedBy: PathFilter(paths: []))
  }

  private static func run(old: [Path: [UInt8]], new: [Path: [UInt8]]) throws -> Run {
    let paths = Set(old.keys).union(new.keys).sorted()
    var run = Run(
      Comparison(
        scope: .init(mode: "range", base: "old", head: "new"), old: MemorySnapshot(files: old),
        new: MemorySnapshot(files: new), paths: paths))
    for path in paths { run.look(at: path) }
    return run
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

import Foundation
import Support

/// The files of a checkout. What is wrong with them, by the rules of docs/architecture.md, stands in the extensions,
/// one file for each kind of rule; every answer is a list of sentences, empty when all is well.
struct House {
  /// Texts by path from the top.
  var files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  /// What git tracks in this checkout, and what it would track: ignored files are no part of the house.
  static let checkout: Result<House, any Error> = Result {
    let list = try git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    let texts = list.split(separator: "\0").compactMap { path -> (String, String)? in
      // A file that was deleted is listed until that is committed.
      let data = try? Data(contentsOf: Project.root.appending(path: String(path)))
      return data.map { (String(path), String(decoding: $0, as: UTF8.self)) }
    }
    return House(Dictionary(texts) { first, _ in first })
  }

  var paths: [String] { files.keys.sorted() }

  /// The Swift files of the program, with their target.
  var sources: [(path: String, target: String, lines: [Substring])] {
    paths.compactMap { path in
      let names = path.split(separator: "/")
      guard names.count > 2, names[0] == "Sources", path.hasSuffix(".swift") else { return nil }
      let lines = files[path, default: ""].split(separator: "\n", omittingEmptySubsequences: false)
      return (path, String(names[1]), lines.last == "" ? lines.dropLast() : lines)
    }
  }

  private static func git(_ arguments: String...) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-c", "safe.directory=*", "-C", Project.root.path] + arguments
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
    return String(decoding: output, as: UTF8.self)
  }
}

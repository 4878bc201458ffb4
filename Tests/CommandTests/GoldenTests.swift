import Foundation
import Support
import Testing

/// Expected texts beside their inputs.
@Suite(.disabled(if: Golden.updates)) struct GoldenTests {
  @Test func findsInputsBelowAFolderWithTheirExpectations() throws {
    try withFolder { (folder: URL) throws in
      for name in ["b.json", "a.yaml", "a.out", "sub.txt"] { try "".write(name, in: folder) }
      let cases = try Golden.cases(under: folder)
      #expect(cases.map(\.input.lastPathComponent) == ["a.yaml", "b.json"])
      #expect(cases.map(\.expected.lastPathComponent) == ["a.out", "b.out"])
      #expect(cases.map(\.isSilent) == [true, false])
    }
  }

  @Test func takesAnAssemblyAsOne() throws {
    try withFolder { (folder: URL) throws in
      let assembly = folder.appending(path: "sub/shop")
      try FileManager.default.createDirectory(at: assembly, withIntermediateDirectories: true)
      for name in ["manifest.json", "Web.template.json"] { try "".write(name, in: assembly) }
      try "".write("shopping.json", in: folder.appending(path: "sub"))
      let cases = try Golden.cases(under: folder)
      #expect(cases.map(\.input.lastPathComponent) == ["shop", "shopping.json"])
      #expect(cases.map(\.expected.lastPathComponent) == ["shop.out", "shopping.out"])
    }
  }

  @Test func comparesTheWholeText() throws {
    try withFolder { (folder: URL) throws in
      try "one\ntwo\nthree\n".write("a.out", in: folder)
      let golden = Golden(input: folder.appending(path: "a.yaml"))
      #expect(try golden.difference(to: "one\ntwo\nthree\n") == nil)
      #expect(try golden.difference(to: "one\n2\nthree\n") == "a.out:\n- two\n+ 2")
      #expect(try golden.difference(to: "one\ntwo\nthree\nfour\n") == "a.out:\n+ four")
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}

extension String {
  fileprivate func write(_ name: String, in folder: URL) throws {
    try write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }
}

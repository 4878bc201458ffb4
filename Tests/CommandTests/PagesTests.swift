import Foundation
import Support
import Testing

/// Every page of commands, run with the command of this build.
@Suite struct PagesTests {
  static let folder = Project.root.appending(path: "Tests/CommandTests/Pages")

  @Test(arguments: try Script.pages(in: folder))
  func page(_ page: Script) throws {
    #expect(try page.difference() == nil)
  }

  /// Every page of the documentation, but those of the rules, whose examples `ManualTests` apply.
  static let guides = [Project.root, Project.root.appending(path: "docs")].flatMap { folder in
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "md" }.map(Guide.init)
  }

  @Test(arguments: guides)
  func guide(_ page: Guide) throws {
    #expect(try page.difference() == nil)
    #expect(try page.brokenLinks() == [])
  }
}

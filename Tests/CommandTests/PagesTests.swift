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
}

import Diagnostics
import Foundation
import Support
import Testing

@testable import Templates

/// The public templates that lie beside the repository where they are present.
struct DocumentCorpusTests {
  /// Files of the corpus that are meant to be templates and are no YAML for CloudFormation: three have `{{ … }}` to be
  /// filled in by Jinja, one is a bad example of cfn-lint.
  private static let refused: [String: ReadingError] = {
    let proton = "aws-samples+aws-proton-cloudformation-sample-templates"
    let template = "v1/instance_infrastructure/cloudformation.yaml"
    return [
      "\(proton)/service-templates/backend-ecs-ec2-svc/\(template)": ReadingError(
        "a key must be a scalar", at: 1143),
      "\(proton)/service-templates/worker-ecs-ec2-svc/\(template)": ReadingError(
        "a key must be a scalar", at: 3464),
      "\(proton)/public-private-fargate-microservices/microservices-svc/private-fargate-svc/\(template)":
        ReadingError("a key must be a scalar", at: 1480),
      "aws-cloudformation+cfn-lint/test/fixtures/templates/bad/core/parse_invalid_map.yaml":
        ReadingError("a key cannot have the tag !ImportValue", at: 637),
    ]
  }()

  @Test(.enabled(if: Shared.isPresent)) func readsEveryTemplate() throws {
    let table = String(decoding: try Shared.bytes(of: "corpus/INDEX.tsv"), as: UTF8.self)
    var refused: [String: ReadingError] = [:]
    for line in table.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let file = "corpus/\(columns[0])"
      let bytes = try Shared.bytes(of: file)
      do throws(ReadingError) {
        let document = try Document.read(bytes, named: Path(columns[0]))
        checkRanges(document.root, file)
        checkTwin(document, file)
      } catch {
        #expect(error.offset <= bytes.count)
        if ["yaml", "json", "cdk", "sam"].contains(columns[5]) { refused[columns[0]] = error }
      }
    }
    #expect(refused == Self.refused)
  }

  /// The JSON of a tree is read as the same tree.
  private func checkTwin(_ document: Document, _ file: String) {
    let json = document.json
    #expect(throws: Never.self) {
      let twin = try JSONReader.read(SourceText(Array(json.utf8)), limits: .standard)
      #expect(twin.json == json, "\(file)")
    }
  }

  /// Every node lies in its parent, and siblings follow one another.
  private func checkRanges(_ node: Node, _ file: String) {
    var end = node.range.lowerBound
    let children = node.elements.map(\.self) + node.entries.flatMap { [$0.key, $0.value] }
    for child in children {
      #expect(end <= child.range.lowerBound && child.range.upperBound <= node.range.upperBound, "\(file)")
      end = child.range.upperBound
      checkRanges(child, file)
    }
  }
}

/// Files for tests that are no part of the repository: the folder `shared` beside its top folder, or the one that the
/// environment names.
enum Shared {
  static let folder: String = {
    if let folder = ProcessInfo.processInfo.environment["PRECEDE_SHARED"] { return folder }
    let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return top.deletingLastPathComponent().appendingPathComponent("shared").path
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/corpus/INDEX.tsv") }

  /// The files below a folder, relative to the shared one; none where it is not present.
  static func files(under path: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(path)")) ?? []
    return names.sorted().map { "\(path)/\($0)" }
  }

  static func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
  }
}

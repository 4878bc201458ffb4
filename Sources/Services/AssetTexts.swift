package import Diagnostics
package import Templates

/// Files that a cloud assembly uploads, by the name of their object in S3: `<hash>.env`. Reading them is up to whoever
/// knows the snapshot; only files that a task names are asked for.
package struct AssetTexts {
  /// A file with its place in the snapshot.
  package struct File {
    package let path: Path
    package let text: SourceText

    package init(path: Path, text: SourceText) {
      self.path = path
      self.text = text
    }
  }

  package let file: (_ objectName: String) -> File?

  package init(_ file: @escaping (_ objectName: String) -> File?) { self.file = file }

  package static var none: AssetTexts { AssetTexts { _ in nil } }
}

extension AssetTexts.File {
  /// The variables of an environment file, `NAME=value` a line, with the bytes of each line.
  ///
  /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
  func variables() -> [(name: String, value: String, range: Range<Int>)] {
    var variables: [(String, String, Range<Int>)] = []
    var start = 0
    while start < text.bytes.count {
      let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes.count
      let line =
        text.bytes[start..<end].last == UInt8(ascii: "\r") ? text.bytes[start..<(end - 1)] : text.bytes[start..<end]
      if line.first != UInt8(ascii: "#"), let sign = line.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(decoding: line[..<sign], as: UTF8.self)
        variables.append((name, String(decoding: line[(sign + 1)...], as: UTF8.self), line.startIndex..<line.endIndex))
      }
      start = end + 1
    }
    return variables
  }

  func spot(of range: Range<Int>) -> Spot { Spot(range, of: text, path) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What bytes tell about a file without being parsed.
struct FileSigns {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    // Text of two bytes a character shows as ASCII between zeros.
    self.bytes = bytes.prefix(4).contains(0) || bytes.starts(with: [0xFF, 0xFE]) ? bytes.filter { $0 != 0 } : bytes
  }

  /// Every template has this key; nothing else needs to be parsed.
  var hasResources: Bool { contains("Resources") }
  var hasECS: Bool { contains("AWS::ECS::") }
  /// Whether a comment may suppress something.
  var mayIgnore: Bool { contains("precede:") }
  var mayNest: Bool { contains("AWS::CloudFormation::Stack") || contains("AWS::Serverless::Application") }
  var mayConnect: Bool { contains("ServiceConnectConfiguration") }
  var looksLikeTemplate: Bool { contains("AWSTemplateFormatVersion") || (hasResources && contains("AWS::")) }

  /// Whether the text only names a file that git does not have: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
  var isPointer: Bool { bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) }

  /// Whether Jinja or Go templates stand in the text. `{{resolve:…}}` is CloudFormation's own.
  var isTemplated: Bool {
    if contains("{%") { return true }
    var start = 0
    while let found = offset(of: "{{", from: start) {
      if !bytes[(found + 2)...].starts(with: "resolve:".utf8) { return true }
      start = found + 2
    }
    return false
  }

  private func contains(_ text: StaticString) -> Bool { offset(of: text, from: 0) != nil }

  /// Every changed file and every neighbour comes by here, so the C library looks for the first byte.
  private func offset(of text: StaticString, from start: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let size = text.utf8CodeUnitCount
      var offset = start
      while offset + size <= buffer.count {
        guard let found = memchr(base + offset, Int32(text.utf8Start.pointee), buffer.count - size + 1 - offset) else {
          return nil
        }
        if memcmp(found, text.utf8Start, size) == 0 { return UnsafeRawPointer(found) - base }
        offset = UnsafeRawPointer(found) - base + 1
      }
      return nil
    }
  }
}

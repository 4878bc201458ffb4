internal import CLibYAML

extension YAMLReader {
  /// The events of libyaml. Owns the parser and one event, over bytes that have to stay in place.
  struct Events: ~Copyable {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let start: Int
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let event: UnsafeMutablePointer<yaml_event_t>

    /// Reads from `start` on, behind a byte order mark.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
      self.bytes = bytes
      self.start = start
      parser = .allocate(capacity: 1)
      event = .allocate(capacity: 1)
      event.initialize(to: yaml_event_t())
      // It fails for want of memory alone, where the allocations above would have ended the program too.
      precondition(yaml_parser_initialize(parser) == 1, "no memory for libyaml")
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      let text = bytes[start...]
      yaml_parser_set_input_string(parser, UnsafeBufferPointer(rebasing: text).baseAddress, text.count)
    }

    deinit {
      yaml_event_delete(event)
      event.deallocate()
      yaml_parser_delete(parser)
      parser.deallocate()
    }

    /// The next event, which stays valid until the one after it.
    func next(_ marks: inout Marks) throws(ReadingError) -> UnsafePointer<yaml_event_t> {
      yaml_event_delete(event)
      guard yaml_parser_parse(parser, event) == 1 else { throw problem(&marks) }
      return UnsafePointer(event)
    }

    /// What libyaml found wrong, as a sentence of ours. What its reader finds has a byte offset, the rest a mark.
    private func problem(_ marks: inout Marks) -> ReadingError {
      let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not enough memory"
      let context = parser.pointee.context.map { String(cString: $0) }
      if parser.pointee.error == YAML_READER_ERROR {
        var offset = min(start + parser.pointee.problem_offset, bytes.count)
        // The others are told at the first byte of the scalar, this one at the byte that breaks it.
        if problem == "invalid trailing UTF-8 octet" {
          repeat { offset -= 1 } while offset > start && bytes[offset] & 0xC0 == 0x80
        }
        return ReadingError(sentence(ofReader: problem), at: offset)
      }
      if problem == "found unexpected end of stream", context == "while scanning a quoted scalar" {
        return ReadingError("unterminated string", at: marks.offset(of: parser.pointee.context_mark))
      }
      let offset = marks.offset(of: parser.pointee.problem_mark)
      return ReadingError(sentence(of: problem, context, at: offset), at: offset)
    }

    private func sentence(ofReader problem: String) -> String {
      problem.hasPrefix("control characters")
        ? "a control character is not allowed in YAML" : "the file has bytes that are not UTF-8"
    }

    private func sentence(of problem: String, _ context: String?, at offset: Int) -> String {
      if problem == "found character that cannot start any token", offset < bytes.count {
        return bytes[offset] == UInt8(ascii: "\t")
          ? "a tab cannot indent YAML; only spaces can"
          : "'\(Character(Unicode.Scalar(bytes[offset])))' cannot begin a value without quotes"
      }
      if problem == "did not find expected <document start>" {
        return "expected nothing after the end of the document"
      }
      let tellsNothing = ["while scanning for the next token", "while parsing a node"]
      guard let context, !tellsNothing.contains(context) else { return problem }
      return "\(problem) \(context)"
    }
  }
}

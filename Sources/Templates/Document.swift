/// A parsed YAML or JSON file: one arena of small entries over the bytes. Both readers make the same tree, so that
/// nobody behind this wall knows which of the two was read:
///
/// - a short tag is the mapping that it stands for (`!Ref A` is `Ref: A`, `!GetAtt A.B` is `Fn::GetAtt: A.B`), its key
///   placed on the tag; a tag that CloudFormation does not know becomes a mapping whose key is the tag with its `!`;
/// - an alias is the node it names; YAML merge keys (`<<`) are merged in;
/// - numbers, booleans and null are scalars like any other, told apart from strings only by `isPlain`.
package final class Document: Sendable {
  package let text: SourceText
  let entries: [Entry]
  /// The texts of scalars that the source spells otherwise: escapes, folded lines, tags.
  let decoded: [UInt8]

  /// `entries[0]` is the root.
  init(text: SourceText, entries: [Entry], decoded: [UInt8]) {
    self.text = text
    self.entries = entries
    self.decoded = decoded
  }

  package var root: Node { Node(self, 0) }

  /// Looks at many entries without a node for each, which would count the references to the document.
  @inline(__always)
  func withArena<Result>(_ body: (Arena) -> Result) -> Result {
    entries.withUnsafeBufferPointer { entries in
      decoded.withUnsafeBufferPointer { decoded in
        text.bytes.withUnsafeBufferPointer { body(Arena(entries: entries, decoded: decoded, source: $0)) }
      }
    }
  }

  /// Whether a text stands anywhere, so that hardly any document has to be searched for it node by node.
  package func mayHold(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in withArena { arena in arena.entries.contains { arena.isScalar($0, text) } } }
  }

  /// One node of the tree. Children of a mapping are key, value, key, value …
  struct Entry {
    enum Kind: UInt8 {
      case scalar, sequence, mapping
      /// Stands for the entry `child`, which comes earlier in the arena.
      case alias
    }

    var kind: Kind
    /// Written without quotes: a YAML plain scalar, a JSON number, `true`, `false` or `null`.
    var isPlain = false
    /// Whether `textStart..<textEnd` counts in `decoded` and not in the source.
    var isDecoded = false
    /// The bytes in the source, half-open, quotes and tag included.
    var start: UInt32
    var end: UInt32
    /// The bytes of a scalar's text.
    var textStart: UInt32 = 0
    var textEnd: UInt32 = 0
    /// The first child, or the entry an alias stands for; -1 is none.
    var child: Int32 = -1
    /// The next child of the same parent; -1 is none.
    var next: Int32 = -1
  }
}

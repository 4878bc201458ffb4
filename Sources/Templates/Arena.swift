/// The entries of a document and the bytes of their texts, as long as `Document.withArena` lasts. Entries are told by
/// their index; -1 is none.
struct Arena {
  let entries: UnsafeBufferPointer<Document.Entry>
  let decoded: UnsafeBufferPointer<UInt8>
  let source: UnsafeBufferPointer<UInt8>

  /// An entry; for an alias the one that it stands for.
  @inline(__always)
  subscript(index: Int32) -> Document.Entry {
    let entry = entries[Int(index)]
    return entry.kind == .alias ? entries[Int(entry.child)] : entry
  }

  /// The bytes of a scalar's text.
  @inline(__always)
  func text(of scalar: Document.Entry) -> UnsafeBufferPointer<UInt8> {
    let bytes = scalar.isDecoded ? decoded : source
    return UnsafeBufferPointer(rebasing: bytes[Int(scalar.textStart)..<Int(scalar.textEnd)])
  }

  /// Whether an entry is a scalar with this text.
  @inline(__always)
  func isScalar(_ entry: Document.Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard entry.kind == .scalar, Int(entry.textEnd - entry.textStart) == text.count else { return false }
    let own = self.text(of: entry)
    // Backwards, since many keys begin alike.
    var index = text.count
    while index > 0 {
      index -= 1
      if own[index] != text[index] { return false }
    }
    return true
  }

  /// The value of a key of a mapping; of several equal keys the last one counts.
  func value(of key: UnsafeBufferPointer<UInt8>, in mapping: Document.Entry) -> Int32 {
    var found: Int32 = -1
    guard mapping.kind == .mapping else { return found }
    var name = mapping.child
    while name >= 0 {
      let value = entries[Int(name)].next
      if isScalar(self[name], key) { found = value }
      name = entries[Int(value)].next
    }
    return found
  }

  /// The key of each entry of a mapping that has the same key as a later one, for each later one.
  func repeatedKeys(of mapping: Document.Entry) -> [Int32] {
    guard mapping.kind == .mapping else { return [] }
    var repeated: [Int32] = []
    var key = mapping.child
    while key >= 0 {
      let entry = self[key]
      var before: Int32 = -1
      if entry.kind == .scalar {
        let text = text(of: entry)
        var other = mapping.child
        while other != key {
          if isScalar(self[other], text) { before = other }
          other = afterPair(other)
        }
      }
      if before >= 0 { repeated.append(before) }
      key = afterPair(key)
    }
    return repeated
  }

  /// The key of the next entry of a mapping.
  @inline(__always)
  func afterPair(_ key: Int32) -> Int32 { entries[Int(entries[Int(key)].next)].next }

  /// Whether an entry is the same tree as one of another document, plain or quoted alike.
  func holdsSameTree(_ entry: Document.Entry, as other: Document.Entry, of arena: Arena) -> Bool {
    guard entry.kind == other.kind, entry.isPlain == other.isPlain else { return false }
    if entry.kind == .scalar { return isScalar(entry, arena.text(of: other)) }
    var (child, counterpart) = (entry.child, other.child)
    while child >= 0, counterpart >= 0 {
      guard holdsSameTree(self[child], as: arena[counterpart], of: arena) else { return false }
      (child, counterpart) = (entries[Int(child)].next, arena.entries[Int(counterpart)].next)
    }
    return child < 0 && counterpart < 0
  }

  /// How many entries a mapping has.
  func count(of mapping: Document.Entry) -> Int {
    var count = 0
    var key = mapping.kind == .mapping ? mapping.child : -1
    while key >= 0 {
      count += 1
      key = afterPair(key)
    }
    return count
  }

  /// The function and the argument where a mapping is the call of an intrinsic function: its only key is `Ref`,
  /// `Condition` or begins with `Fn::`, which is left out.
  func call(_ mapping: Document.Entry) -> (name: String, argument: Int32)? {
    guard mapping.kind == .mapping, mapping.child >= 0, afterPair(mapping.child) < 0 else { return nil }
    let key = self[mapping.child]
    guard key.kind == .scalar else { return nil }
    let text = text(of: key)
    let argument = entries[Int(mapping.child)].next
    if text.starts(with: "Fn::".utf8) {
      return (String(decoding: UnsafeBufferPointer(rebasing: text.dropFirst(4)), as: UTF8.self), argument)
    }
    if text.elementsEqual("Ref".utf8) { return ("Ref", argument) }
    return text.elementsEqual("Condition".utf8) ? ("Condition", argument) : nil
  }
}

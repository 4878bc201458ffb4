#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// An index of version 2 or 3 that is looked into where it lies and not made into objects: see gitformat-index(5). As git
/// does, it takes the bytes on trust that only the checksum would find wrong, but none that are out of order or place.
final class IndexFile: IndexReader {
  private let file: MappedFile
  /// Where each entry begins.
  private var places: [UInt32] = []
  private(set) var hasConflicts = false
  /// Only a split index has entries without names, in the place of those of the file that it shares.
  private var lacksNames = false
  /// `nil` where the index has none that can be read.
  private(set) var cacheTree: CacheTree?

  /// `nil` for what libgit2 has to read: other versions, and files that cannot be mapped.
  init?(_ path: String) throws(GitError) {
    guard let file = MappedFile(path), file.bytes.count > Self.headerSize + Self.idSize,
      file.bytes.starts(with: "DIRC".utf8), [2, 3].contains(file.bytes.number(at: 4))
    else { return nil }
    self.file = file
    let end = file.bytes.count - Self.idSize
    guard let start = readEntries(to: end) else { throw Self.damagedEntries }
    try readParts(from: start, to: end)
    if lacksNames { throw Self.damagedEntries }
  }

  private static let damagedEntries = GitError(operation, .unsupportedIndex(.other("its entries are damaged")))

  private static let operation = "read the index"
  private static let headerSize = 12
  static let idSize = 20
  /// What stands before the flags, and the flags of version 2.
  private static let flagsPlace = 60
  private static let fixedSize = 62

  /// - Returns: where the last one ends; `nil` when they are damaged.
  private func readEntries(to end: Int) -> Int? {
    let bytes = file.bytes
    let count = Int(bytes.number(at: 8))
    guard count <= end / Self.fixedSize else { return nil }
    places.reserveCapacity(count)
    var place = Self.headerSize
    var last: UnsafeRawBufferPointer?
    var lastStage = 0
    for _ in 0..<count {
      guard let path = path(at: place, to: end) else { return nil }
      let stage = Int(bytes[place + Self.flagsPlace] >> 4 & 3)
      if path.isEmpty {
        lacksNames = true
      } else if let last, !last.isEmpty {
        let order = last.order(to: path)
        guard order < 0 || (order == 0 && lastStage < stage) else { return nil }
      }
      if stage != 0 { hasConflicts = true }
      places.append(UInt32(truncatingIfNeeded: place))
      (last, lastStage) = (path, stage)
      let size = bytes.distance(to: path) - place + path.count
      // One to eight zeros follow.
      place += (size + 8) & ~7
      guard place <= end else { return nil }
    }
    return place
  }

  /// The path of the entry that begins there; `nil` when it does not end before `end`.
  private func path(at place: Int, to end: Int) -> UnsafeRawBufferPointer? {
    guard place + Self.fixedSize < end else { return nil }
    let bytes = file.bytes
    let flags = bytes.flags(at: place + Self.flagsPlace)
    let start = place + Self.fixedSize + (flags & 0x4000 != 0 ? 2 : 0)
    var length = Int(flags & 0xfff)
    if length == 0xfff {
      guard start < end, let zero = bytes[start..<end].firstIndex(of: 0) else { return nil }
      length = zero - start
    }
    guard start + length < end, bytes[start + length] == 0 else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)])
  }

  private func readParts(from start: Int, to end: Int) throws(GitError) {
    var place = start
    while place < end {
      guard place + 8 <= end, case let size = Int(file.bytes.number(at: place + 4)), place + 8 + size <= end else {
        throw GitError(Self.operation, .unsupportedIndex(.other("its parts are damaged")))
      }
      let name = String(decoding: file.bytes[place..<(place + 4)], as: UTF8.self)
      switch name {
      case "TREE": cacheTree = CacheTree(file.bytes[(place + 8)..<(place + 8 + size)])
      case "link": throw GitError(Self.operation, .unsupportedIndex(.split))
      case "sdir": throw GitError(Self.operation, .unsupportedIndex(.sparse))
      // A name in capitals may be left unread.
      case _ where !("A"..."Z").contains(name.prefix(1)):
        throw GitError(Self.operation, .unsupportedIndex(.part(name)))
      default: break
      }
      place += 8 + size
    }
  }

  var count: Int { places.count }

  subscript(number: Int) -> IndexEntry {
    let place = Int(places[number])
    let bytes = file.bytes
    func moment(_ offset: Int) -> Moment {
      Moment(
        seconds: Int32(bitPattern: bytes.number(at: place + offset)), nanoseconds: bytes.number(at: place + offset + 4))
    }
    var flags = UInt32(bytes.flags(at: place + Self.flagsPlace))
    if flags & 0x4000 != 0 { flags |= UInt32(bytes.flags(at: place + Self.fixedSize)) << 16 }
    return IndexEntry(
      path: Array(path(number)), version: version(number), flags: flags, size: bytes.number(at: place + 36),
      modified: moment(8), changed: moment(0), inode: bytes.number(at: place + 20))
  }

  func entry(at path: [UInt8], stage: Int) -> IndexEntry? {
    var number = path.withUnsafeBytes { path in first { self.path($0).order(to: path) >= 0 } }
    while number < count, self.path(number).elementsEqual(path) {
      if self.stage(number) == stage { return self[number] }
      number += 1
    }
    return nil
  }

  func path(_ number: Int) -> UnsafeRawBufferPointer {
    // Never `nil` where it was read before.
    path(at: Int(places[number]), to: file.bytes.count - Self.idSize) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  func stage(_ number: Int) -> Int { Int(file.bytes[Int(places[number]) + Self.flagsPlace] >> 4 & 3) }

  func version(_ number: Int) -> FileVersion {
    let place = Int(places[number])
    let id = ObjectID(sha1: file.bytes[(place + 40)...])
    return FileVersion(content: .blob(id), mode: FileMode(file.bytes.number(at: place + 24)))
  }

  /// The number of the first entry from `start` on for which something is true that is true for all after it.
  func first(from start: Int = 0, where isBehind: (Int) -> Bool) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension UnsafeRawBufferPointer {
  /// Four bytes, the highest first.
  fileprivate func number(at place: Int) -> UInt32 {
    UInt32(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  fileprivate func flags(at place: Int) -> UInt16 {
    UInt16(bigEndian: loadUnaligned(fromByteOffset: place, as: UInt16.self))
  }

  /// Where a part of these bytes begins.
  fileprivate func distance(to part: UnsafeRawBufferPointer) -> Int {
    guard let start = baseAddress, let partStart = part.baseAddress else { return 0 }
    return partStart - start
  }

  /// Below, equal to or above 0 as these bytes come before, are or come after others.
  func order(to other: UnsafeRawBufferPointer) -> Int {
    if let start = baseAddress, let otherStart = other.baseAddress {
      let order = memcmp(start, otherStart, Swift.min(count, other.count))
      if order != 0 { return Int(order) }
    }
    return count - other.count
  }
}

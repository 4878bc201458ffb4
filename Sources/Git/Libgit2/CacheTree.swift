/// The trees that git remembers in the index for folders in which nothing was staged since: "Cache tree" in
/// gitformat-index(5).
struct CacheTree {
  /// Each folder before those in it.
  private var folders: [Folder] = []

  private struct Folder {
    let name: ArraySlice<UInt8>
    /// `nil` when something was staged in it.
    let tree: (id: ObjectID, entries: Int)?
    /// How many folders lie in it.
    let count: Int
    /// The number of the next folder that does not.
    var next = 0
  }

  /// `nil` when the bytes are none.
  init?(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var rest = Array(bytes)[...]
    // Folders of which some are still to come, and how many; not recursion, since depth must not cost stack.
    var open: [(folder: Int, left: Int)] = []
    repeat {
      guard let folder = Self.folder(&rest) else { return nil }
      folders.append(folder)
      if !open.isEmpty { open[open.count - 1].left -= 1 }
      open.append((folders.count - 1, folder.count))
      while let last = open.last, last.left == 0 {
        folders[last.folder].next = folders.count
        open.removeLast()
      }
    } while !open.isEmpty
    guard rest.isEmpty else { return nil }
  }

  /// `name NUL entries SPACE folders LF id`, without an id where there are fewer than no entries.
  private static func folder(_ rest: inout ArraySlice<UInt8>) -> Folder? {
    guard let zero = rest.firstIndex(of: 0), let line = rest[zero...].firstIndex(of: UInt8(ascii: "\n")) else {
      return nil
    }
    let numbers = rest[(zero + 1)..<line].split(separator: UInt8(ascii: " ")).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard numbers.count == 2, let entries = numbers[0], let count = numbers[1], count >= 0 else { return nil }
    let name = rest[..<zero]
    rest = rest[(line + 1)...]
    guard entries >= 0 else { return Folder(name: name, tree: nil, count: count) }
    guard let id = ObjectID(raw: rest.prefix(IndexFile.idSize)) else { return nil }
    rest = rest.dropFirst(IndexFile.idSize)
    return Folder(name: name, tree: (id, entries), count: count)
  }

  /// The tree of a folder, and how many entries of the index lie in it; `nil` when something was staged there.
  func tree(_ folder: Int) -> (id: ObjectID, entries: Int)? { folders[folder].tree }

  /// The folders in a folder, of which 0 is the top.
  func folders(in folder: Int) -> [ArraySlice<UInt8>: Int] {
    var found: [ArraySlice<UInt8>: Int] = [:]
    var number = folder + 1
    while number < folders[folder].next {
      found[folders[number].name] = number
      number = folders[number].next
    }
    return found
  }
}

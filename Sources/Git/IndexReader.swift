/// The entries of an index that one of the back ends has read.
protocol IndexReader: AnyObject {
  var count: Int { get }

  /// In the order of the index: by the bytes of the path, then by the stage. A file with conflicts comes once for each
  /// of its versions.
  subscript(number: Int) -> IndexEntry { get }

  /// - Parameter stage: 0, or of a file with conflicts 1 to 3.
  func entry(at path: [UInt8], stage: Int) -> IndexEntry?

  var hasConflicts: Bool { get }
}

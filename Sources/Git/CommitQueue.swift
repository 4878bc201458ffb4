/// Commits to visit, the newest first; of equal dates the one that came first, as in git.
struct CommitQueue {
  private struct Entry {
    let id: ObjectID
    let date: Int
    let number: Int

    func precedes(_ other: Entry) -> Bool {
      date != other.date ? date > other.date : number < other.number
    }
  }

  /// A binary heap.
  private var heap: [Entry] = []
  private var count = 0

  /// The date of the first.
  var newest: Int? { heap.first?.date }

  func contains(where predicate: (ObjectID) -> Bool) -> Bool { heap.contains { predicate($0.id) } }

  mutating func insert(_ id: ObjectID, date: Int) {
    heap.append(Entry(id: id, date: date, number: count))
    count += 1
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func popFirst() -> ObjectID? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first.id }
    heap[0] = last
    var parent = 0
    while 2 * parent + 1 < heap.count {
      let left = 2 * parent + 1
      let right = min(left + 1, heap.count - 1)
      let child = heap[right].precedes(heap[left]) ? right : left
      guard heap[child].precedes(heap[parent]) else { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return first.id
  }
}

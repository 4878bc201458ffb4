import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Threads that share out work of which no part waits for another. What comes of it does not depend on how many they are.
package struct Crew: Sendable {
  private let size: Int

  /// - Parameter size: how many threads there are, the caller's own among them.
  package init(of size: Int) { self.size = max(1, size) }

  /// One thread for each processor.
  package static let full = Crew(of: sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// What comes of each item, in their order.
  func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ transform: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    guard size > 1, items.count > 1 else { return items.map(transform) }
    let work = Work(items, transform)
    let helpers = (1..<min(size, items.count)).compactMap { _ in Helper(doing: { work.go() }) }
    work.go()
    for helper in helpers { helper.join() }
    return work.results
  }

  /// Items of which each thread takes the next one.
  private final class Work<Item: Sendable, Result: Sendable>: Sendable {
    private let items: [Item]
    private let transform: @Sendable (Item) -> Result
    private let next = Atomic(0)
    private let found: Mutex<[Result?]>

    init(_ items: [Item], _ transform: @escaping @Sendable (Item) -> Result) {
      self.items = items
      self.transform = transform
      found = Mutex(Array(repeating: nil, count: items.count))
    }

    func go() {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < items.count else { return }
        let result = transform(items[index])
        found.withLock { $0[index] = result }
      }
    }

    /// All results, when every thread is through.
    var results: [Result] { found.withLock { $0.compactMap(\.self) } }
  }

  /// A thread besides the caller's, with as large a stack as that has: conditions are followed as deep as they go.
  private struct Helper {
    private let thread: pthread_t

    /// `nil` where the system gives no thread; then the others do its work.
    init?(doing work: @escaping @Sendable () -> Void) {
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return nil }
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, 8 << 20)
      let task = Unmanaged.passRetained(Task(work))
      #if canImport(Darwin)
        var started: pthread_t?
        let status = pthread_create(&started, &attributes, { Task.run($0) }, task.toOpaque())
      #else
        var started = pthread_t()
        let status = pthread_create(&started, &attributes, { $0.flatMap(Task.run) }, task.toOpaque())
      #endif
      guard status == 0 else {
        task.release()
        return nil
      }
      #if canImport(Darwin)
        guard let started else { return nil }
      #endif
      thread = started
    }

    func join() { pthread_join(thread, nil) }
  }

  private final class Task {
    private let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    static func run(_ task: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
      Unmanaged<Task>.fromOpaque(task).takeRetainedValue().work()
      return nil
    }
  }
}

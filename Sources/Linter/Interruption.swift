import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A stretch of work that leaves nothing behind when the user or the system ends the program: the signal is held back,
/// the work is told and cleans up, then the signal does what it would have done.
final class Interruption {
  /// Thrown through the work when a signal came.
  struct Signal: Error {
    let number: Int32
  }

  /// - Parameter work: removes by `defer` what must not stay.
  static func holding<Result>(_ work: (Interruption) throws -> Result) throws -> Result {
    let interruption = try Interruption()
    do {
      let result = try work(interruption)
      try interruption.check()
      interruption.end()
      return result
    } catch {
      interruption.end()
      // What this was is known to who sent it, so the program ends as if it had never been caught.
      if let number = interruption.received { raise(number) }
      throw error
    }
  }

  private let reading: Int32
  private var previous: [(signal: Int32, action: sigaction)] = []
  private var received: Int32?

  private init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw RunError("wait for a command", String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writingEnd.store(ends[1], ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var old = sigaction()
      sigaction(number, nil, &old)
      // nohup(1) and shells ignore signals for their children on purpose.
      guard !old.isIgnored else { continue }
      var action = sigaction()
      action.handle(by: tell)
      sigaction(number, &action, nil)
      previous.append((number, old))
    }
  }

  private func end() {
    for (number, action) in previous {
      var action = action
      sigaction(number, &action, nil)
    }
    previous = []
    close(writingEnd.exchange(-1, ordering: .sequentiallyConsistent))
    close(reading)
  }

  /// To be asked between the steps of long work.
  func check() throws {
    var waiting = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    if received == nil, poll(&waiting, 1, 0) > 0 { receive() }
    if let received { throw Signal(number: received) }
  }

  /// Waits for asynchronous work, which is cancelled when a signal comes.
  func waiting<Result: Sendable>(for work: @escaping @Sendable () async -> Result) throws -> Result? {
    try check()
    let outcome = Outcome<Result>()
    let task = Task.detached {
      let result = await work()
      outcome.value.withLock { $0 = result }
      tell(0)
    }
    while receive() != 0 { task.cancel() }
    try check()
    return outcome.value.withLock { $0 }
  }

  /// The next number that was told: 0 for work that is done, else a signal.
  @discardableResult private func receive() -> UInt8 {
    var number: UInt8 = 0
    while read(reading, &number, 1) < 0, errno == EINTR {}
    if number != 0, received == nil { received = Int32(number) }
    return number
  }

  /// What a task gives to the thread that waits for it.
  private final class Outcome<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}

/// Where the handler of signals, which has no state of its own, writes to.
private let writingEnd = Atomic<Int32>(-1)

/// Calls only what is safe in a handler of signals.
private func tell(_ number: Int32) {
  var byte = UInt8(truncatingIfNeeded: number)
  write(writingEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
}

extension sigaction {
  #if canImport(Darwin)
    fileprivate var isIgnored: Bool { unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self) == 1 }
    fileprivate mutating func handle(by handler: @convention(c) (Int32) -> Void) {
      __sigaction_u.__sa_handler = handler
    }
  #else
    fileprivate var isIgnored: Bool { unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == 1 }
    fileprivate mutating func handle(by handler: @convention(c) (Int32) -> Void) {
      __sigaction_handler.sa_handler = handler
    }
  #endif
}

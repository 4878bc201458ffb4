#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// A program that was started beside us, with its streams at our end. Made by hand and not by a library: those that there
/// are wait on the threads that Swift's tasks share, of which a caller that itself waits may hold the last one.
final class ChildProcess {
  private let id: pid_t
  /// The streams; a socket, so that writing to a program that has gone is an error and no signal.
  private var input: Int32
  private let output: Int32
  private let errors: Int32
  private var waiting: [UInt8] = []
  private var status: Int32?

  /// - Parameter hasInput: whether to write to it; else it reads nothing.
  /// - Parameter hasErrors: whether to read what it says of errors; else nobody does.
  init?(_ program: String, _ arguments: [String], _ variables: [String: String], hasInput: Bool, hasErrors: Bool) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return nil }
    var pairs: [[Int32]] = []
    func end(_ isWanted: Bool) -> (ours: Int32, theirs: Int32)? {
      guard isWanted else { return (-1, null) }
      guard let pair = Self.connection() else { return nil }
      pairs.append(pair)
      return (pair[0], pair[1])
    }
    guard let input = end(hasInput), let output = end(true), let errors = end(hasErrors),
      let id = Self.spawn(program, arguments, variables, [input.theirs, output.theirs, errors.theirs])
    else {
      for descriptor in pairs.flatMap({ $0 }) + [null] { close(descriptor) }
      return nil
    }
    for descriptor in pairs.map({ $0[1] }) + [null] { close(descriptor) }
    (self.id, self.input, self.output, self.errors) = (id, input.ours, output.ours, errors.ours)
  }

  deinit { _ = end() }

  private static func connection() -> [Int32]? {
    var pair: [Int32] = [-1, -1]
    #if canImport(Darwin)
      guard socketpair(AF_UNIX, SOCK_STREAM, 0, &pair) == 0 else { return nil }
      var isOn: Int32 = 1
      for descriptor in pair {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
      }
    #else
      #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      #else
        let kind = SOCK_STREAM | SOCK_CLOEXEC
      #endif
      guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else { return nil }
    #endif
    return pair
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ variables: [String: String], _ streams: [Int32]
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      guard posix_spawn_file_actions_adddup2(&actions, stream, Int32(number)) == 0 else { return nil }
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var id: pid_t = 0
    return posix_spawn(&id, program, &actions, nil, &words, &settings) == 0 ? id : nil
  }

  /// Whether all could be written.
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if canImport(Darwin)
        let count = rest.withUnsafeBytes { send(input, $0.baseAddress, $0.count, 0) }
      #else
        let count = rest.withUnsafeBytes { send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The next line without its end; `nil` when there is none.
  func line() -> [UInt8]? {
    var searched = 0
    while true {
      if let end = waiting[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { waiting.removeFirst(end + 1) }
        return Array(waiting[..<end])
      }
      searched = waiting.count
      guard fill() else { return nil }
    }
  }

  /// The next `count` bytes, of which no more than `limit` are kept; `nil` when there are fewer.
  func bytes(_ count: Int, keeping limit: Int) -> [UInt8]? {
    var kept: [UInt8] = []
    var left = count
    while left > 0 {
      if waiting.isEmpty, !fill() { return nil }
      let taken = min(left, waiting.count)
      kept += waiting.prefix(min(taken, limit - kept.count))
      waiting.removeFirst(taken)
      left -= taken
    }
    return kept
  }

  private func fill() -> Bool {
    guard let more = Self.read(output) else { return false }
    waiting += more
    return true
  }

  /// All that it prints until it ends.
  func rest() -> (output: [UInt8], errors: [UInt8]) {
    var texts: [[UInt8]] = [[], []]
    var polled = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    while polled.contains(where: { $0.fd >= 0 }) {
      guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { break }
      for number in polled.indices where polled[number].fd >= 0 && polled[number].revents != 0 {
        if let more = Self.read(polled[number].fd) { texts[number] += more } else { polled[number].fd = -1 }
      }
    }
    return (texts[0], texts[1])
  }

  /// `nil` at the end.
  private static func read(_ descriptor: Int32) -> [UInt8]? {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, used in
        count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        used = max(count, 0)
      }
      if count < 0 && errno == EINTR { continue }
      return count > 0 ? bytes : nil
    }
  }

  /// Closes its streams and waits for its end: the exit status, or that of a program that a signal ended, as a shell has
  /// it.
  func end() -> Int32 {
    if let status { return status }
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    var ended: Int32 = 0
    while waitpid(id, &ended, 0) < 0, errno == EINTR {}
    let status = ended & 0x7f == 0 ? (ended >> 8) & 0xff : 128 + ended & 0x7f
    self.status = status
    return status
  }
}

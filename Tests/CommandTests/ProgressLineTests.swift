import Synchronization
import Testing

@testable import precede

/// What a terminal is told of a run, and when.
@Suite struct ProgressLineTests {
  /// What was written; `nil` where the line was taken away.
  private final class Screen: Sendable {
    private let lines = Mutex<[String?]>([])
    var shown: [String?] { lines.withLock { $0 } }

    func write(_ line: String?) { lines.withLock { $0.append(line) } }

    /// Waits for the other thread, as long as a busy machine may need.
    func has(_ lines: [String?]) async -> Bool {
      for _ in 0..<200 where shown != lines { try? await Task.sleep(for: .milliseconds(50)) }
      return shown == lines
    }
  }

  @Test func theLineFollowsTheStepsAndGoesAway() async {
    let screen = Screen()
    let line = ProgressLine(after: .zero, write: screen.write)
    line.tell("reading")
    #expect(await screen.has(["reading"]))
    line.tell("checking")
    #expect(await screen.has(["reading", "checking"]))
    line.erase()
    line.erase()
    #expect(screen.shown == ["reading", "checking", nil])
    line.tell("reading")
    #expect(await screen.has(["reading", "checking", nil, "reading"]))
  }

  @Test func aShortRunSaysNothing() async {
    let screen = Screen()
    let line = ProgressLine(after: .seconds(600), write: screen.write)
    line.tell("reading")
    try? await Task.sleep(for: .milliseconds(300))
    line.erase()
    #expect(screen.shown.isEmpty)
  }
}

import Synchronization

/// A line that tells what a long run is doing. It goes away before anything else is told, and nothing of it stays.
final class ProgressLine: Sendable {
  private let state = Mutex(State())
  private let patience: Duration
  /// Writes the line, over the one before; without words for `nil`.
  private let write: @Sendable (String?) -> Void

  private struct State {
    var step: String?
    /// What stands there.
    var shown: String?
    var isWatched = false
  }

  /// - Parameter patience: how long a run may take before anybody wants to know what it is doing.
  init(after patience: Duration = .milliseconds(500), write: @escaping @Sendable (String?) -> Void) {
    self.patience = patience
    self.write = write
  }

  func tell(_ step: String) {
    let isFirst = state.withLock { state in
      state.step = step
      defer { state.isWatched = true }
      return !state.isWatched
    }
    // Another thread looks at it, since a single step may take as long as all of a run.
    if isFirst { Task.detached { await self.watch() } }
  }

  func erase() {
    state.withLock { state in
      if state.shown != nil { write(nil) }
      state.shown = nil
      state.step = nil
    }
  }

  private func watch() async {
    try? await Task.sleep(for: patience)
    while true {
      state.withLock { state in
        guard let step = state.step, step != state.shown else { return }
        write(step)
        state.shown = step
      }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }
}

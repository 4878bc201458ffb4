import Git

/// Why a run could not be done: the world's fault and never the template's. Printed as
/// `precede: cannot <operation>: <reason>`, with the hint on a line of its own.
package struct RunError: Error, Hashable, Sendable {
  package let operation: String
  package let reason: String
  /// What to do about it.
  package let hint: String?
  /// What a command of the user printed before it failed.
  package let output: String?
  /// Whether all that is wrong is that a clone does not have the old side of a change.
  package var lacksBase = false

  package init(_ operation: String, _ reason: String, hint: String? = nil, output: String? = nil) {
    self.operation = operation
    self.reason = reason
    self.hint = hint
    self.output = output
  }

  init(_ error: GitError) { self.init(error.operation, error.reason, hint: error.hint) }

  /// Runs what reads from git and from the disk, whose errors all become this one.
  static func wrapping<Result>(_ body: () throws -> Result) throws(RunError) -> Result {
    do {
      return try body()
    } catch let error as RunError {
      throw error
    } catch let error as GitError {
      throw RunError(error)
    } catch {
      throw RunError("run", "\(error)")
    }
  }
}

extension GitError {
  var isNotARepository: Bool { if case .notARepository = cause { true } else { false } }
  var isMissingFile: Bool { if case .noSuchFile = cause { true } else { false } }
}

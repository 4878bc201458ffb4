package import Deployment

/// A reason to think that hardly a deployment runs into an unmet need, though nothing orders it. How long a resource takes
/// is promised nowhere, hence such a need is told, with the reason, and not left out.
package enum Excuse: Hashable, Sendable {
  /// What is needed takes no time and waits for next to nothing.
  case isQuick
  /// Nothing shows that the tasks use what is needed.
  case isPerhapsUnused
  /// The service waits for something that takes longer than what is needed, which itself waits for nothing of the kind.
  case hasHeadStart(before: ResourceID)
  /// The service waits for a resource that runs a program, which is given the subject of the need: it may use it, and so
  /// wait for it.
  case mayBeAwaited(by: ResourceID)

  /// What the excuse holds for only when it is made by the same deployment.
  package var resource: ResourceID? {
    switch self {
    case .isQuick, .isPerhapsUnused: nil
    case .hasHeadStart(let resource), .mayBeAwaited(let resource): resource
    }
  }
}

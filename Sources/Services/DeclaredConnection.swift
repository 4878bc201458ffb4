package import Diagnostics

/// A connection that the user declares since no template shows it, or of which the order does not matter.
package struct DeclaredConnection: Hashable, Sendable {
  /// Service names, logical IDs or construct paths.
  package let client: String
  package let server: String
  package let order: Order

  package enum Order: Hashable, Sendable {
    case required
    case ignored(Reason)
  }

  /// Why the order does not matter, in the user's words; empty when none were given.
  package struct Reason: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
  }

  package init(client: String, server: String, order: Order = .required) {
    self.client = client
    self.server = server
    self.order = order
  }

  /// A name that no service of the group has, or that several have.
  package struct Fault: Hashable, Sendable {
    package enum Cause: String, Hashable, Sendable {
      case unknown, ambiguous
    }

    package let name: String
    package let cause: Cause
    /// The place of the name in the metadata of a template; `nil` for a connection that came as a plain value.
    package let location: Location?
    /// The connection that the name is part of, where it came as a plain value.
    package let declared: DeclaredConnection?
  }
}

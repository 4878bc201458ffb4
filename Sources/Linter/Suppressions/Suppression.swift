import Diagnostics

/// A word of the user that a diagnostic is no fault, in the configuration or in a template.
struct Suppression: Hashable, Sendable {
  /// The id of the rule; empty when a template names none.
  let rule: String
  /// Service name, logical ID or construct path; `nil` for any.
  var client: String?
  var server: String?
  /// Why it is no fault; not blank, unless the suppression does not count.
  let reason: String
  /// The last day on which it counts.
  var until: CalendarDate?
  let location: Location
  /// The resources that it stands on; `nil` in the configuration, where it is about all.
  var holders: Set<Report.Resource>?
  /// Why one in a template does not count. In the configuration that is an error.
  var fault: String?

  /// Whether it silences on a day what it is about.
  func counts(on day: CalendarDate) -> Bool { fault == nil && !isExpired(on: day) }

  func isExpired(on day: CalendarDate) -> Bool { until.map { $0 < day } ?? false }
}

extension Suppression {
  /// Whether it is about a diagnostic, whether it counts or not.
  func covers(_ diagnostic: Diagnostic, about subject: Subject) -> Bool {
    guard diagnostic.rule == rule else { return false }
    if let holders {
      guard let holder = subject.holder, holders.contains(holder.resource) else { return false }
    }
    switch subject.ends {
    case .pair(let first, let others):
      return (client.map(first.isCalled) ?? true)
        && (server.map { name in others.contains { $0.isCalled(name) } } ?? true)
    case .group(let members):
      // Among services that connect to each other everyone is client and server.
      guard let client, let server else {
        return (client ?? server).map { name in members.contains { $0.isCalled(name) } } ?? true
      }
      return members.contains { one in
        one.isCalled(client) && members.contains { $0.resource != one.resource && $0.isCalled(server) }
      }
    }
  }
}

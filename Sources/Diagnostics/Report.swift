/// Everything a run has to tell, as plain values: what was looked at, what was found. Formats need nothing else.
package struct Report: Hashable, Sendable {
  package var scope: Scope
  /// All that was compared, where several branches or tags were pushed at once; else empty.
  package var scopes: [Scope] = []
  package var templates: Templates
  package var services: Services
  package var connections: [Connection]
  /// Sorted; diagnostics of both statuses.
  package var diagnostics: [Diagnostic]
  /// Diagnostics of the old side that the change takes away.
  package var resolved: [Diagnostic]
  /// Whether diagnostics that the old side had already are shown too.
  package var showsExisting: Bool
  /// Where templates are named that are no files of the repository.
  package var assemblies: [Assembly]

  package init(
    scope: Scope, templates: Templates, services: Services, connections: [Connection] = [],
    diagnostics: [Diagnostic] = [], resolved: [Diagnostic] = [], showsExisting: Bool = false,
    assemblies: [Assembly] = []
  ) {
    self.scope = scope
    self.templates = templates
    self.services = services
    self.connections = connections
    self.diagnostics = diagnostics
    self.resolved = resolved
    self.showsExisting = showsExisting
    self.assemblies = assemblies
  }

  /// The diagnostics that people are shown; the others are only counted.
  package var shown: [Diagnostic] { diagnostics.filter { showsExisting || $0.status == .new } }

  /// Whether there is a diagnostic at or above a severity, existing ones counted or not; never for `nil`.
  package func reaches(_ lowest: Severity?, existing: Bool) -> Bool {
    guard let lowest else { return false }
    return diagnostics.contains { $0.severity >= lowest && (existing || $0.status == .new) }
  }

  /// The assembly that a template belongs to, when it is no file of the repository.
  package func assembly(of path: Path) -> Assembly? { assemblies.first { path.isInside($0.folder) } }

  /// What a CDK app makes, where it is not in git.
  package struct Assembly: Hashable, Sendable {
    /// The place that its templates are named in.
    package var folder: Path
    /// The `cdk.json` of the app, which is in the repository.
    package var app: Path

    package init(folder: Path, app: Path) {
      self.folder = folder
      self.app = app
    }
  }

  /// Which two sides were compared.
  package struct Scope: Hashable, Sendable {
    /// `staged`, `range`, `worktree` or `all`.
    package var mode: String
    /// The object id of the old side; `nil` when there is none.
    package var base: String?
    /// The object id of the new side, `INDEX` or `WORKTREE`.
    package var head: String
    /// The files and folders that the user wants to hear of; none for everything.
    package var paths: [Path] = []
    /// Why it is this range, where a hook or a CI chose it.
    package var reason: String?
    /// The number of the part that was looked at, where others look at the rest.
    package var shard: Int?

    package init(mode: String, base: String?, head: String, reason: String? = nil) {
      self.mode = mode
      self.base = base
      self.head = head
      self.reason = reason
    }
  }

  package struct Templates: Hashable, Sendable {
    /// Templates among the changed files, deleted ones included.
    package var changed: Int
    /// Templates that were read, neighbours included.
    package var read: Int
    package var skipped: [Skipped]

    package init(changed: Int = 0, read: Int = 0, skipped: [Skipped] = []) {
      self.changed = changed
      self.read = read
      self.skipped = skipped
    }
  }

  /// A file that was looked at and left out, with the reason in one word or sentence.
  package struct Skipped: Hashable, Sendable {
    package var path: Path
    package var reason: String

    package init(path: Path, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  package struct Services: Hashable, Sendable {
    package var total: Int
    package var affected: [Resource]

    package init(total: Int = 0, affected: [Resource] = []) {
      self.total = total
      self.affected = affected
    }
  }

  /// A resource, named by its template and its logical ID.
  package struct Resource: Hashable, Sendable {
    package var path: Path
    package var logicalID: String

    package init(path: Path, logicalID: String) {
      self.path = path
      self.logicalID = logicalID
    }
  }

  /// A client that looks up an endpoint of a server, and the order that was found between the two.
  package struct Connection: Hashable, Sendable {
    package var client: Resource
    package var server: Resource
    /// `host:port`, or the host alone when no port is known.
    package var endpoint: String
    /// `service-connect`, `cloud-map`, `load-balancer` or `other`.
    package var mechanism: String
    /// `none`, `implicit`, `explicit`, `cycle`, `stack`, `reversed` or `unknown`.
    package var order: String
    /// `certain`, `strong` or `weak`.
    package var strength: String
    package var evidence: [Evidence]

    package init(
      client: Resource, server: Resource, endpoint: String, mechanism: String, order: String, strength: String,
      evidence: [Evidence]
    ) {
      self.client = client
      self.server = server
      self.endpoint = endpoint
      self.mechanism = mechanism
      self.order = order
      self.strength = strength
      self.evidence = evidence
    }
  }

  /// A place in a template that shows a connection.
  package struct Evidence: Hashable, Sendable {
    /// `environment`, `command`, `entry-point` …
    package var kind: String
    /// The name of the environment variable; `nil` for kinds without a name.
    package var name: String?
    package var location: Location

    package init(kind: String, name: String?, location: Location) {
      self.kind = kind
      self.name = name
      self.location = location
    }
  }
}

import Deployment
import Templates

/// The services behind load balancers: which listener, port and path leads to which of them.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
struct LoadBalancers {
  /// What accepts connections on a port.
  struct Listener {
    /// `nil` when nobody knows.
    var port: Int?
    /// The output of a nested stack outside the templates that the load balancer is; `nil` for a resource.
    var output: String?
    /// Those behind the default action.
    var members: [ResourceID] = []
    var rules: [Rule] = []
  }

  struct Rule {
    /// Path patterns, any of which must match; none for every path.
    let paths: [String]
    let members: [ResourceID]
  }

  private let evaluator: Evaluator
  /// By load balancer; by nested stack where its template is not there.
  private var listeners: [ResourceID: [Listener]] = [:]

  init(_ evaluator: Evaluator, _ services: [Service]) {
    self.evaluator = evaluator
    guard !services.isEmpty else { return }
    var reader = ListenerReader(evaluator, services)
    reader.read()
    listeners = reader.listeners
  }

  var isEmpty: Bool { listeners.isEmpty }

  /// The services that a client reaches, and the port of the listener. None when it may be one of several.
  func members(
    behind host: String, port: Int?, path: String?, client: ResourceID?
  ) -> (members: [ResourceID], port: Int?) {
    guard let (id, output) = name(host) else { return ([], nil) }
    var candidates = listeners[id] ?? []
    if let output {
      // Any output may be the name of something else; that there is such a port or path tells.
      candidates = LoadBalancers.nearest(candidates, to: output)
      let onPort = candidates.filter { $0.port != nil && $0.port == port }
      let onPath = candidates.filter { ($0.port == nil || port == nil) && $0.hasRule(for: path) }
      candidates = onPort.isEmpty ? onPath : onPort
    } else if let port {
      candidates = candidates.filter { $0.port == port || $0.port == nil }
    }
    let found = Set(candidates.flatMap { $0.members(at: path) })
    // Its own load balancer is the address at which others reach it.
    if let client, found.contains(client) { return ([], nil) }
    let sources = Set(candidates.compactMap(\.port))
    guard port != nil || sources.count <= 1 || found.count == 1 else { return ([], nil) }
    return (found.sorted(), sources.count == 1 ? sources.first : nil)
  }

  private func name(_ host: String) -> (id: ResourceID, output: String?)? {
    let bare = host.hasPrefix("dualstack.") ? String(host.dropFirst("dualstack.".count)) : host
    guard case .resource(let id, let attribute?) = evaluator.holes.soleHole(in: bare), listeners[id] != nil else {
      return nil
    }
    if attribute == "DNSName" { return (id, nil) }
    return attribute.hasPrefix("Outputs.") ? (id, String(attribute.dropFirst("Outputs.".count))) : nil
  }

  /// Of several load balancers that one nested stack hands out, those whose output is spelled most like that of the name:
  /// `ALBPrivate` for `ALBPrivateCNAME`.
  private static func nearest(_ listeners: [Listener], to output: String) -> [Listener] {
    let lengths = listeners.map { $0.output?.commonPrefix(with: output) ?? 0 }
    guard let longest = lengths.max(), longest > 0 else { return listeners }
    return zip(listeners, lengths).filter { $1 == longest || $0.output == nil }.map(\.0)
  }
}

extension LoadBalancers.Listener {
  fileprivate func hasRule(for path: String?) -> Bool {
    path.map { path in path.count > 1 && rules.contains { $0.matches(path) } } ?? false
  }

  /// The services that a path leads to. Without a path, those of every rule and of the default action.
  fileprivate func members(at path: String?) -> [ResourceID] {
    guard let path, path.count > 1 else { return members.isEmpty ? rules.flatMap(\.members) : members }
    let matching = rules.filter { $0.matches(path) }
    let exact = matching.filter { !$0.paths.contains { $0 == "/*" || $0 == "*" } }
    return ((exact.isEmpty ? matching : exact).first ?? LoadBalancers.Rule(paths: [], members: members)).members
  }
}

extension LoadBalancers.Rule {
  fileprivate func matches(_ path: String) -> Bool {
    paths.isEmpty || paths.contains { LoadBalancers.Rule.matches(Substring(path), Substring($0)) }
  }

  /// `*` stands for any characters, `?` for one. What a client asks for below a path that it knows begins with that.
  private static func matches(_ path: Substring, _ pattern: Substring) -> Bool {
    let literal = pattern.prefix { $0 != "*" && $0 != "?" }
    let stem = literal.last == "/" && literal.count > 1 ? literal.dropLast() : literal
    if stem.count == 1 { return pattern.count > 1 }
    guard path.hasPrefix(stem) else { return false }
    let rest = path.dropFirst(stem.count)
    return rest.isEmpty || rest.first == "/" || pattern.count > literal.count && literal.last != "/"
  }
}

extension String {
  /// The number of characters at the beginning that are the same.
  fileprivate func commonPrefix(with other: String) -> Int { zip(self, other).prefix { $0 == $1 }.count }
}

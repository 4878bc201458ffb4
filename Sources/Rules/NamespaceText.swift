import Deployment
import Services

/// How a service says that it is in the namespace of another one.
struct NamespaceText {
  /// The configuration for a service that only connects, in the author's language.
  let configuration: String
  /// The value alone.
  let value: String

  init(of server: Service, for client: ResourceID, in change: Change) {
    let language = change.language(of: client)
    let name = server.connect.map(\.namespaceName) ?? ""
    switch server.connect?.namespace {
    case .resource(let id) where id.stack == client.stack:
      let id = change.new.group[id].logicalID
      value = language.text(yaml: "!GetAtt \(id).Arn", json: #"{"Fn::GetAtt": ["\#(id)", "Arn"]}"#, app: "'\(name)'")
    case .text, .resource:
      let isPlain = !name.contains("${") && !name.isEmpty
      let shown = isPlain ? name : "<the namespace of \(server.logicalID)>"
      value = language.text(yaml: shown, json: "\"\(shown)\"", app: "'\(shown)'")
    case .defaultOfCluster, .unknown, nil: value = ""
    }
    configuration = language.text(
      yaml: "ServiceConnectConfiguration: {Enabled: true\(value.isEmpty ? "" : ", Namespace: \(value)")}",
      json: #""ServiceConnectConfiguration": {"Enabled": true\#(value.isEmpty ? "" : #", "Namespace": \#(value)"#)}"#,
      app: "client.enableServiceConnect(\(value.isEmpty ? "" : "{ namespace: \(value) }"))")
  }
}

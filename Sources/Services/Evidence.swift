package import Deployment
package import Diagnostics
import Templates

/// A place in a template that names an endpoint, or shows a connection in another way.
package struct Evidence: Sendable {
  package enum Kind: String, Sendable {
    case environment
    case command
    case entryPoint = "entry-point"
    case healthCheck = "health-check"
    /// A Docker label.
    case label
    /// An option of the log driver or of FireLens.
    case logOption = "log-option"
    /// The value of a secret that a variable of the task takes.
    case secret
    /// The value of a parameter of Systems Manager that a variable of the task takes.
    case parameter
    /// A configuration of AppConfig that the task reads, or a route or backend of App Mesh.
    case configuration
    case environmentFile = "environment-file"
    /// A rule that lets the client's security group reach the endpoint's port.
    case securityGroup = "security-group"
    /// `Metadata: {Precede: {ConnectsTo: […]}}` of the client.
    case metadata
    /// Declared outside of the templates.
    case declared
  }

  package let kind: Kind
  /// The name of the environment variable.
  package let name: String?
  let spot: Spot
  package let strength: Connection.Strength
  /// What must hold for the task to have the text.
  package let premises: [Premise]

  package var location: Location { spot.location }

  /// The subject of "… names the endpoint".
  package var subject: String {
    switch kind {
    case .environment, .environmentFile: name ?? "the environment"
    case .command: "the command"
    case .entryPoint: "the entry point"
    case .healthCheck: "the health check"
    case .label: name.map { "the label \($0)" } ?? "a label"
    case .logOption: name.map { "the log option \($0)" } ?? "a log option"
    case .secret: name.map { "the secret in \($0)" } ?? "a secret"
    case .parameter: name.map { "the parameter in \($0)" } ?? "a parameter"
    case .configuration: "the configuration"
    case .securityGroup: "a security group"
    case .metadata: "the metadata"
    case .declared: "a declared connection"
    }
  }
}

/// Bounds on what a document may be, so that no input makes reading slow or large. Each is far above what
/// CloudFormation takes (1 MB and 500 resources a template).
package struct Limits: Sendable {
  /// Bytes of a template.
  package var size = 5 << 20
  /// Sequences and mappings inside one another.
  package var depth = 256
  /// Nodes of a document, each alias counted as often as it stands for its target.
  package var nodes = 2_000_000

  package init() {}

  package static let standard = Limits()
}

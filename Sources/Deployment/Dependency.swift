package import Templates

/// An edge of the resource graph: `from` waits for `to`. Both are indices of resources of one template.
package struct Dependency: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case dependsOn, ref, getAtt, sub
    /// Between stacks: a resource of a stack waits for all of a stack deployed earlier, as the manifest says.
    case manifest
    /// Between stacks: an import waits for the stack that exports.
    case stackOutput

    /// The word of the template that makes such an edge.
    package var function: String {
      switch self {
      case .dependsOn: "DependsOn"
      case .ref: "Ref"
      case .getAtt: "Fn::GetAtt"
      case .sub: "Fn::Sub"
      case .manifest: "the order of stacks"
      case .stackOutput: "Fn::ImportValue"
      }
    }
  }

  package let from: Int
  package let to: Int
  package let kind: Kind
  /// The bytes that made the edge.
  package let range: Range<Int>
  /// The branches of `Fn::If` that the place stands in: the edge exists only where all of them are taken.
  package let guards: [Guard]
}

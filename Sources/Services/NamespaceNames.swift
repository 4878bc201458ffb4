package import Deployment

/// The names of the namespaces that the services of a group are in: what other groups may share with it.
package struct NamespaceNames {
  /// Each once; without those that nobody knows.
  package let all: Set<String>

  package init(_ group: TemplateGroup) { self.init(ServiceReader(Evaluator(group)).services()) }

  package init(_ services: [Service]) {
    all = Set(services.compactMap(\.connect).map(\.namespaceName).filter { !$0.isEmpty })
  }
}

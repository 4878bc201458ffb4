package import Deployment
package import Diagnostics
import Templates

/// A namespace of the templates that is named by the id that `Ref` of it returns.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectconfiguration.html
package struct NamespaceID: Sendable {
  package let namespace: ResourceID
  let spot: Spot
  /// What must hold for it to be given.
  package let premises: [Premise]

  /// Where the id is given.
  package var location: Location { spot.location }
}

extension ResourceResolver {
  /// The ids that a service gives as its own namespace.
  package func namespaceIDs(of service: Service) -> [NamespaceID] {
    connectConfigurations(of: service).flatMap { namespaceIDs(in: setting("Namespace", in: $0)) }
  }

  /// The ids that a cluster gives as the default of its services.
  package func namespaceIDs(ofCluster cluster: ResourceID) -> [NamespaceID] {
    namespaceIDs(in: setting("ServiceConnectDefaults", "Namespace", in: properties(of: cluster)))
  }

  private func namespaceIDs(in setting: Setting) -> [NamespaceID] {
    setting.values.compactMap { value in
      guard let pattern = value.value.pattern,
        let (id, attribute) = resource(in: pattern, ofType: namespaceTypes), attribute ?? "Id" == "Id"
      else { return nil }
      return NamespaceID(namespace: id, spot: value.value.spot, premises: value.premises)
    }
  }
}

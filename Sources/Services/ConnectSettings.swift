package import Deployment

/// The parts of services and task definitions that Service Connect is set up with, as the templates write them.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html
extension ResourceResolver {
  /// The configurations of a service in which Service Connect is on, one for each way in which it is there.
  package func connectConfigurations(of service: Service) -> [Part] {
    groups("ServiceConnectConfiguration", in: properties(of: service.id)).flatMap { configuration -> [Part] in
      let enabled = setting("Enabled", in: configuration)
      // It is required; a template that forgets it means what stands beside it.
      if enabled.values.isEmpty { return [configuration] }
      return enabled.premises { $0?.lowercased() != "false" }.map { configuration.when($0) }
    }
  }

  /// The entries of `Services`: what the service publishes.
  package func publishedPorts(of service: Service) -> [Part] {
    connectConfigurations(of: service).flatMap { parts("Services", in: $0).all }
  }

  /// The task definition that a service runs, where that is what the template writes: an older revision is not.
  package func task(of service: Service) -> TaskDefinition? {
    let name = setting("TaskDefinition", in: properties(of: service.id))
    let isRevision = name.values.contains { $0.value.text?.contains(#/[^:]:[0-9]+$/#) ?? false }
    return isRevision ? nil : service.taskDefinition
  }

  /// The containers of a task definition.
  package func containers(of task: TaskDefinition) -> Parts {
    let containers = parts("ContainerDefinitions", in: properties(of: task.id))
    return Parts(
      all: containers.all, presence: containers.presence, isComplete: containers.isComplete && !mayHaveMore(task.id))
  }

  /// The port mappings of all containers.
  package func portMappings(of task: TaskDefinition) -> Parts {
    let containers = containers(of: task)
    let mappings = containers.all.map { parts("PortMappings", in: $0) }
    return Parts(
      all: mappings.flatMap(\.all), presence: mappings.flatMap(\.presence),
      isComplete: containers.isComplete && mappings.allSatisfy(\.isComplete))
  }

  /// The cluster of a service, where the templates create it.
  package func cluster(of service: Service) -> ResourceID? {
    let cluster = setting("Cluster", in: properties(of: service.id))
    guard cluster.values.count == 1 else { return nil }
    return cluster.values[0].value.pattern.flatMap { resource(in: $0, ofType: ["AWS::ECS::Cluster"])?.id }
  }
}

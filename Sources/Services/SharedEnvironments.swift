import Deployment

/// Finds environments that several tasks share whatever each needs, as tools make them from one file for a whole project.
///
/// The database of such a project gets the host of the cache too, and would seem to be its client. It is told by three
/// signs together: the task is a data store, its environment names the task itself, and another task has both variables
/// with the same values.
struct SharedEnvironments {
  private struct Variable: Hashable {
    let name: String
    let text: String
  }

  private var tasks: [Variable: Set<ResourceID>] = [:]

  init(_ clues: [ResourceID: [Clue]]) {
    for (task, clues) in clues {
      for clue in clues where clue.kind == .environment {
        for text in clue.texts { tasks[Variable(name: clue.name ?? "", text: text.value), default: []].insert(task) }
      }
    }
  }

  /// Whether a variable of a task, and one that names the task itself, stand together in another task.
  func shares(_ clue: Clue, _ own: Clue, besides task: ResourceID) -> Bool {
    let both = others(clue, task).intersection(others(own, task))
    return !both.isEmpty
  }

  private func others(_ clue: Clue, _ task: ResourceID) -> Set<ResourceID> {
    var found: Set<ResourceID> = []
    for text in clue.texts { found.formUnion(tasks[Variable(name: clue.name ?? "", text: text.value)] ?? []) }
    return found.subtracting([task])
  }
}

extension TaskDefinition {
  /// Whether an image of the task is that of a data store: `postgres:16`, `team/shop-redis`.
  var isDataStore: Bool {
    containers.contains { container in
      guard var image = container.image?.utf8[...] else { return false }
      while image.last == slash { image.removeLast() }
      if let slash = image.lastIndex(of: slash) { image = image[image.index(after: slash)...] }
      let end = image.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? image.endIndex
      return HostWords(String(Substring(image[..<end]))).words.last.map(dataStores.contains) ?? false
    }
  }
}

private let slash = UInt8(ascii: "/")

private let dataStores: Set<String> = [
  "POSTGRES", "POSTGRESQL", "POSTGIS", "MYSQL", "MARIADB", "PERCONA", "MSSQL", "MONGO", "MONGODB", "REDIS", "VALKEY",
  "KEYDB", "MEMCACHED", "CASSANDRA", "ELASTICSEARCH", "OPENSEARCH", "RABBITMQ", "NATS", "ETCD", "ZOOKEEPER", "INFLUXDB",
  "COUCHDB", "NEO", "CLICKHOUSE", "MINIO",
]

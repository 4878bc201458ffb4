import Deployment
import Diagnostics
import Rules
import Services
import Templates

/// Builds the model of a template group from one snapshot.
struct GroupReader {
  let templates: TemplateStore
  private let assemblies: AssemblyStore
  private let nested: NestedTemplates
  private let parents: ParentTemplates
  private let declared: [DeclaredConnection]
  private let crew: Crew
  /// Groups that the configuration makes one.
  var joined = JoinedStacks()

  init(_ snapshot: any Snapshot, _ configuration: Configuration = Configuration(), _ crew: Crew = .full) {
    self.crew = crew
    templates = TemplateStore(snapshot, configuration.files, crew)
    assemblies = AssemblyStore(snapshot)
    nested = NestedTemplates(snapshot, assemblies, declared: configuration.nested)
    parents = ParentTemplates(templates, nested)
    declared = configuration.connections.map(DeclaredConnection.init)
  }

  /// Where the resources of assemblies were made.
  func constructSource(_ sources: AppSources) -> ConstructSource { ConstructSource(templates, assemblies, sources) }

  /// Whether a file is a part of an assembly.
  func isInAssembly(_ path: Path) throws -> Bool { try assemblies.assembly(in: path.parent) != nil }

  /// The stacks that the configuration orders, by the names that they have on this side.
  ///
  /// - Parameter isWhole: whether all that they may name is there, so that an unknown name is an error.
  func joined(_ rows: [[Configuration.Placed]], isWhole: Bool) throws -> JoinedStacks {
    try JoinedStacks(rows, StackNames(templates, assemblies, isWhole: isWhole))
  }

  /// Which templates are deployed together, by names that both sides of a change share.
  enum Key: Hashable {
    /// A template with its nested stacks.
    case template(Path)
    /// The stacks of an assembly that go to one environment.
    case assembly(Path, environment: String)
    /// Groups whose stacks the configuration orders, by number.
    case joined(Int)
  }

  /// What one side has of a group.
  struct Side {
    let group: TemplateGroup
    let unreadable: [Change.Unreadable]
    fileprivate let assets: AssetTexts?
  }

  /// The groups that a file belongs to on this side; none when it is no template and no manifest.
  func keys(holding path: Path) throws -> [Key] {
    try separateKeys(holding: path).map { joined.key(joining: $0) }
  }

  private func separateKeys(holding path: Path) throws -> [Key] {
    if let assembly = try assemblies.assembly(in: path.parent) {
      let named = assembly.stacks.filter { $0.template == path }
      let isPart = try path.name == CloudAssembly.manifestName || isTemplate(path)
      // A template beside the manifest that no stack names is that of a nested stack, of whichever stack.
      if !named.isEmpty || isPart {
        return Set((named.isEmpty ? assembly.stacks : named).map(\.environment)).sorted()
          .map { .assembly(assembly.folder, environment: $0) }
      }
    }
    return try isTemplate(path) ? try parents.likelyRoots(of: path).map(Key.template) : []
  }

  /// The groups in which a template is deployed as a nested stack; none when it is a root. That needs a look into every
  /// template of the repository.
  func keys(nesting path: Path) throws -> [Key] {
    let roots = try parents.roots(of: path)
    return roots == [path] ? [] : roots.map { joined.key(joining: .template($0)) }
  }

  /// The files that may be templates with services in Service Connect, told without parsing them.
  func inServiceConnect(among paths: [Path]?) throws -> [Path] {
    try (paths ?? templates.snapshot.paths(under: Path(""))).filter { path in
      try templates.files.opens(path) && templates.mayConnect(path)
    }
  }

  /// What a file is tied to, so that both are judged by one shard.
  func ties(of path: Path) throws -> [Ties.Tie] {
    if let assembly = try assemblies.assembly(in: path.parent) {
      let keys = Set(assembly.stacks.map { Key.assembly(assembly.folder, environment: $0.environment) })
      return [.file(assembly.folder.appending(CloudAssembly.manifestName))] + keys.compactMap(joiningTie)
    }
    return try parents.roots(of: path).flatMap { root -> [Ties.Tie] in
      [.file(root)] + [joiningTie(.template(root))].compactMap(\.self) + (try namespaces(of: root))
    }
  }

  private func joiningTie(_ key: Key) -> Ties.Tie? {
    if case .joined(let number) = joined.key(joining: key) { .joined(number) } else { nil }
  }

  /// The namespaces that a root template may share with others.
  private func namespaces(of root: Path) throws -> [Ties.Tie] {
    guard try templates.mayConnect(root), let side = try side(of: .template(root), expecting: .none) else { return [] }
    defer { templates.forget() }
    return NamespaceNames(side.group).all.sorted().map { .namespace($0) }
  }

  private func isTemplate(_ path: Path) throws -> Bool {
    switch try templates.read(path) {
    case .template, .unreadable: true
    case .skipped, .other, .missing: false
    }
  }

  /// The stacks of a group and the templates of it that cannot be read; `nil` when this side has no such group.
  func side(of key: Key, expecting expectation: TemplateStore.Expectation) throws -> Side? {
    var stacks = StackList()
    guard try add(key, expecting: expectation, to: &stacks) else { return nil }
    return Side(
      group: TemplateGroup(stacks: stacks.stacks, stackDependencies: stacks.dependencies),
      unreadable: stacks.unreadable, assets: assets(of: key))
  }

  /// Reads files by all threads, as far as looking for groups will ask for them.
  func prepare(_ paths: some Collection<Path>) throws {
    try templates.prepare(
      paths.filter { path in
        // The stacks of an assembly are named by its manifest, and read with their group.
        try assemblies.assembly(in: path.parent)?.stacks.allSatisfy { $0.template != path } ?? true
      })
  }

  /// The models of sides. What may ask for more files is made by this thread, the rest by all.
  func models(of sides: [Side]) -> [ServiceModel] {
    let known = crew.map(sides.map { $0.assets == nil ? $0.group : nil }) { [declared] group in
      group.map { ServiceModel($0, declared: declared) }
    }
    return zip(sides, known).map { side, model in
      model ?? ServiceModel(side.group, declared: declared, assets: side.assets ?? .none)
    }
  }

  /// The files that the assembly of a group uploads; `nil` where there is no assembly.
  private func assets(of key: Key) -> AssetTexts? {
    guard case .assembly(let folder, _) = key else { return nil }
    return AssetTexts { name in
      // What cannot be read shows nothing; that the assembly itself can be read is seen elsewhere.
      guard let path = try? assemblies.asset(named: name[...], in: folder),
        case .bytes(let bytes)? = try? templates.snapshot.contents(of: path)
      else { return nil }
      return AssetTexts.File(path: path, text: SourceText(bytes))
    }
  }

  /// - Returns: whether there is such a group.
  private func add(_ key: Key, expecting expectation: TemplateStore.Expectation, to list: inout StackList) throws
    -> Bool
  {
    switch key {
    case .template(let path):
      switch try templates.read(path, expecting: expectation) {
      case .template(let template):
        list.roots[JoinedStacks.Root(template: path)] = list.stacks.count
        try add(Stack(template), to: &list, above: [])
      case .unreadable(let unreadable): list.unreadable.append(unreadable)
      case .skipped, .other, .missing: return false
      }
      return true
    case .assembly(let folder, let environment):
      let artifacts = try assemblies.assembly(in: folder)?.stacks.filter { $0.environment == environment } ?? []
      try templates.prepare(artifacts.filter(\.isInAssembly).map(\.template))
      for artifact in artifacts { try add(artifact, to: &list) }
      list.order(artifacts)
      return !artifacts.isEmpty
    case .joined(let number):
      let found = try joined.groups[number].keys.filter { try add($0, expecting: expectation, to: &list) }
      list.order(joined.groups[number].order)
      return !found.isEmpty
    }
  }

  private func add(_ artifact: StackArtifact, to list: inout StackList) throws {
    guard artifact.isInAssembly else {
      list.unreadable.append(.outside(artifact))
      return
    }
    switch try templates.read(artifact.template, expecting: .template) {
    case .template(let template):
      list.indices[artifact.id] = list.stacks.count
      list.roots[JoinedStacks.Root(template: artifact.template, stack: artifact.name)] = list.stacks.count
      let arguments = artifact.parameters.mapValues { Stack.Argument.text($0) }
      // Nothing more is read where the template tells itself.
      let tells = template.resources.contains { $0.constructPath != nil }
      let paths = tells ? [:] : try assemblies.metadata(of: artifact).constructPaths
      try add(
        Stack(template, name: artifact.name, arguments: arguments, constructPaths: paths), to: &list, above: [])
    case .unreadable(let fault): list.unreadable.append(fault)
    case .missing: list.unreadable.append(.missing(artifact))
    case .skipped, .other: break
    }
  }

  /// Adds a stack and all that it nests. A template that nests itself is not followed.
  private func add(_ stack: Stack, to list: inout StackList, above: Set<Path>) throws {
    let index = list.stacks.count
    list.stacks.append(stack)
    list.dependencies.append([])
    let around = above.union([stack.template.path])
    guard list.stacks.count < GroupReader.mostStacks else { return }
    for child in try nested.all(in: stack.template) where !around.contains(child.path) {
      let resource = stack.template.resources[child.resource]
      switch try templates.read(child.path, expecting: child.isAssumed ? .none : .template) {
      case .template(let template):
        let nested = Stack(
          template, name: stack.name == nil ? nil : resource.logicalID, arguments: resource.nestedArguments,
          parent: ResourceID(stack: index, index: child.resource),
          assumption: child.isAssumed ? stack.template.location(of: resource.key) : nil)
        try add(nested, to: &list, above: around)
      case .unreadable(let fault): list.unreadable.append(fault)
      case .skipped, .other, .missing: break
      }
    }
  }

  /// Far more than the nested stacks of a deployment; a template that nests many that nest many ends here.
  private static let mostStacks = 1000
}

/// Stacks as they are found: each before those that it nests.
private struct StackList {
  var stacks: [Stack] = []
  var dependencies: [[Int]] = []
  /// The stacks of one assembly by their ids in its manifest.
  var indices: [String: Int] = [:]
  /// The stacks that nobody nests.
  var roots: [JoinedStacks.Root: Int] = [:]
  var unreadable: [Change.Unreadable] = []

  /// Notes which stacks the manifest deploys before others.
  mutating func order(_ artifacts: [StackArtifact]) {
    for artifact in artifacts {
      guard let index = indices[artifact.id] else { continue }
      dependencies[index] = artifact.dependencies.compactMap { indices[$0] }
    }
    indices = [:]
  }

  /// Notes which stacks a pipeline deploys before others.
  mutating func order(_ pairs: [(earlier: JoinedStacks.Root, later: JoinedStacks.Root)]) {
    for pair in pairs {
      guard let earlier = roots[pair.earlier], let later = roots[pair.later] else { continue }
      dependencies[later].append(earlier)
    }
  }
}

extension DeclaredConnection {
  fileprivate init(_ connection: Configuration.Connection) {
    self.init(
      client: connection.client.text, server: connection.server.text,
      order: connection.ignoresOrder ? .ignored(Reason(connection.reason ?? "")) : .required)
  }
}

extension Change.Unreadable {
  /// A template that the manifest names and that is not there.
  fileprivate static func missing(_ artifact: StackArtifact) -> Change.Unreadable {
    Change.Unreadable(
      location: Location(path: artifact.template, range: .fileStart),
      reason: "the manifest names it for stack \(artifact.name), and it does not exist")
  }

  /// A template that the manifest names and that no assembly has: reading it would show what is not part of the change.
  fileprivate static func outside(_ artifact: StackArtifact) -> Change.Unreadable {
    Change.Unreadable(
      location: Location(path: artifact.template, range: .fileStart),
      reason: "the manifest names it for stack \(artifact.name), and it lies outside of the assembly")
  }
}

import Diagnostics
import Templates

/// Where in the sources of a CDK app the resources of its assembly were made. What an assembly tells of that is read when
/// somebody asks, each file once.
final class ConstructSource {
  private let templates: TemplateStore
  private let assemblies: AssemblyStore
  private let sources: AppSources
  private var known: [Path: [String: [Location]]] = [:]

  init(_ templates: TemplateStore, _ assemblies: AssemblyStore, _ sources: AppSources) {
    self.templates = templates
    self.assemblies = assemblies
    self.sources = sources
  }

  /// A resource of an assembly and the lines that were being run when it was made, the innermost first.
  struct Making {
    fileprivate let template: Template
    fileprivate let resource: Resource
    let lines: [Location]

    /// The place of the logical ID.
    var key: Location { template.location(of: resource.key) }

    /// Whether it is another resource of the same type.
    func isOther(than making: Making) -> Bool {
      resource.type == making.resource.type
        && (template.path != making.template.path || resource.logicalID != making.resource.logicalID)
    }
  }

  /// How the resource was made that a place of a template belongs to; `nil` where no assembly has the template.
  func making(at place: Location) throws -> Making? {
    guard try assemblies.assembly(in: place.path.parent) != nil,
      case .template(let template) = try templates.read(place.path),
      let offset = template.document.text.offset(of: place.range.start),
      let resource = template.resources.first(where: {
        $0.key.range.lowerBound <= offset && offset < Swift.max($0.key.range.upperBound, $0.body.range.upperBound)
      })
    else { return nil }
    return Making(template: template, resource: resource, lines: try lines(of: resource, in: template))
  }

  /// The line at which to show a resource: the innermost that was not being run when the others were made, if possible
  /// one that makes no other resource of its type either. So what a helper function makes is shown where that is called.
  func line(of making: Making, apartFrom others: [Making]) throws -> Location? {
    let shared = Set(others.flatMap(\.lines))
    var candidates = making.lines.filter { !shared.contains($0) }
    if candidates.isEmpty { candidates = making.lines }
    guard candidates.count > 1 else { return candidates.first }
    let type = making.resource.type
    let siblings = making.template.resources.filter { $0.type == type && $0.logicalID != making.resource.logicalID }
    let common = Set(try siblings.flatMap { try lines(of: $0, in: making.template) })
    return candidates.first { !common.contains($0) } ?? candidates[0]
  }

  /// The line below which one of two resources can be made to wait for the other: the later of the two that make them in
  /// the innermost function that makes both. `nil` where there is no such function.
  func meeting(of one: Making, _ other: Making) -> Location? {
    var (lines, others) = (one.lines[...], other.lines[...])
    while let line = lines.last, line == others.last {
      lines.removeLast()
      others.removeLast()
    }
    guard let line = lines.last, let otherLine = others.last, line.path == otherLine.path else { return nil }
    return max(line, otherLine)
  }

  /// The language that the app of a template is written in, as its command tells.
  func language(ofAppOf template: Path) throws -> AppLanguage? {
    guard try assemblies.assembly(in: template.parent) != nil else { return nil }
    return try sources.language(of: app(of: template))
  }

  /// The folder of the app that a template is of. A stage is an assembly inside another one.
  private func app(of template: Path) throws -> Path {
    var folder = template.parent
    while !folder.bytes.isEmpty, try assemblies.assembly(in: folder.parent) != nil { folder = folder.parent }
    return try sources.app(of: folder)
  }

  private func lines(of resource: Resource, in template: Template) throws -> [Location] {
    if let lines = known[template.path]?[resource.logicalID] { return lines }
    let frames = try frames(of: resource, in: template)
    let lines = frames.isEmpty ? [] : try sources.places(of: frames, in: app(of: template.path))
    known[template.path, default: [:]][resource.logicalID] = lines
    return lines
  }

  private func frames(of resource: Resource, in template: Template) throws -> [StackFrame] {
    let stacks = try assemblies.assembly(in: template.path.parent)?.stacks ?? []
    let own = stacks.filter { $0.template == template.path }
    // The template of a nested stack is named by none of them, and its constructs are told with those of its root.
    for stack in own.isEmpty ? stacks : own {
      let metadata = try assemblies.metadata(of: stack)
      let path = resource.constructPath ?? (own.isEmpty ? nil : metadata.constructPaths[resource.logicalID])
      let frames = path.map(metadata.frames) ?? []
      if !frames.isEmpty { return frames }
    }
    return []
  }
}

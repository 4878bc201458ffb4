import Diagnostics
import Rules
import Templates

/// Reads templates from one snapshot, each once, and decides what a file is by its content.
final class TemplateStore {
  let snapshot: any Snapshot
  /// What the user says about files by their names.
  let files: FileSelection
  private let crew: Crew
  private var known: [Path: Reading] = [:]
  /// The templates that have been read, whether they are still held or not.
  private(set) var read: [Path: ReadTemplate] = [:]

  init(_ snapshot: any Snapshot, _ files: FileSelection = FileSelection(), _ crew: Crew = .full) {
    self.snapshot = snapshot
    self.files = files
    self.crew = crew
  }

  enum Reading: Sendable {
    case template(Template)
    /// A template for sure, of which nothing could be read.
    case unreadable(Change.Unreadable)
    /// Something that looks like a template and is left alone.
    case skipped(reason: String)
    /// A file that is no template.
    case other
    /// No file.
    case missing
  }

  /// Why a file must be a template, so that failing to read it is a fault.
  enum Expectation: Sendable {
    /// Its content alone tells.
    case none
    /// The configuration names it. It may still be readable and no template.
    case configuration
    /// The other side of the change was one, or a manifest names it.
    case template
  }

  /// Whether a file may be a template that nests others, without parsing it.
  func mayNest(_ path: Path) throws -> Bool {
    guard case .bytes(let bytes) = try snapshot.contents(of: path) else { return false }
    return FileSigns(bytes).mayNest
  }

  /// Whether a file may be a template with a service in Service Connect, without parsing it.
  func mayConnect(_ path: Path) throws -> Bool {
    guard case .bytes(let bytes) = try snapshot.contents(of: path) else { return false }
    return FileSigns(bytes).mayConnect
  }

  func read(_ path: Path, expecting expectation: Expectation = .none) throws -> Reading {
    if let reading = known[path] {
      // What was no template by itself may still be expected to be one.
      if case .template = reading { return reading }
      if case .missing = reading { return reading }
      if expectation == .none { return reading }
    }
    let reading = TemplateStore.reading(
      try snapshot.contents(of: path), path, expectation == .none ? ownExpectation(of: path) : expectation)
    note(reading, of: path)
    return reading
  }

  /// Reads files by all threads, as far as they are not known.
  func prepare(_ paths: some Sequence<Path>) throws {
    let files = try paths.filter { known[$0] == nil }.map { path in
      (path: path, contents: try snapshot.contents(of: path), expectation: ownExpectation(of: path))
    }
    let readings = crew.map(files) { TemplateStore.reading($0.contents, $0.path, $0.expectation) }
    for (file, reading) in zip(files, readings) { note(reading, of: file.path) }
  }

  /// Lets go of all documents. A template that is asked for once more is read again.
  func forget() {
    known = known.filter { if case .template = $0.value { false } else { true } }
  }

  private func note(_ reading: Reading, of path: Path) {
    known[path] = reading
    if case .template(let template) = reading, read[path] == nil { read[path] = ReadTemplate(template) }
  }

  private func ownExpectation(of path: Path) -> Expectation { files.demands(path) ? .configuration : .none }

  private static func reading(_ contents: FileContents?, _ path: Path, _ expectation: Expectation) -> Reading {
    switch contents {
    case nil: return .missing
    case .bytes(let bytes): return reading(bytes, path, expectation)
    case .tooLarge(let size, let beginning):
      guard expectation != .none || FileSigns(beginning).looksLikeTemplate else {
        return .skipped(reason: "too-large")
      }
      return .unreadable(
        Change.Unreadable(location: Location(path: path, range: .fileStart), reason: tooLarge(size, path)))
    }
  }

  private static func reading(_ bytes: [UInt8], _ path: Path, _ expectation: Expectation) -> Reading {
    let signs = FileSigns(bytes)
    if signs.isPointer, path.hasTemplateName || expectation != .none {
      guard expectation != .none else { return .skipped(reason: "git-lfs") }
      return .unreadable(
        Change.Unreadable(
          location: Location(path: path, range: .fileStart), reason: "git keeps a pointer of LFS in its place"))
    }
    guard signs.hasResources || expectation != .none else { return .other }
    do {
      let document = try Document.read(bytes, named: path)
      guard expectation == .template || Template.isTemplate(document) else { return .other }
      return .template(Template(document, path: path))
    } catch {
      if signs.isTemplated, expectation != .template { return .skipped(reason: "templated") }
      guard expectation != .none || (signs.hasECS && path.hasTemplateName) else { return .other }
      let text = SourceText(bytes)
      let position = text.position(at: min(error.offset, bytes.count))
      let location = Location(
        path: path, range: SourceRange(start: position, end: position),
        line: text.line(at: min(error.offset, bytes.count)))
      return .unreadable(Change.Unreadable(location: location, reason: error.message))
    }
  }

  private static func tooLarge(_ size: Int, _ path: Path) -> String {
    "it is \(size) bytes long, and more than \(Limits.standard.size(of: path)) are not read"
  }
}

extension Path {
  /// Whether the name is one that templates usually have.
  var hasTemplateName: Bool {
    let name = name
    return [".yaml", ".yml", ".json", ".template"].contains { name.hasSuffix($0) }
  }
}

import Diagnostics
import Templates

/// The files of a repository that stack frames name: sources of an app that git does not ignore. Nothing else is read,
/// whatever an assembly says.
final class AppSources {
  private let files: any Snapshot
  private let folders: SourceFolders
  private var known: [Path: SourceText?] = [:]
  /// Where the repository lay when assemblies were made elsewhere, by the folders of their apps.
  private var roots: [Path: String] = [:]
  /// How often a file may still be looked for: an assembly of a stranger may name any number.
  private var remaining = 10_000

  init(_ files: any Snapshot, _ folders: SourceFolders) {
    self.files = files
    self.folders = folders
  }

  /// The folder of the app that an assembly is of: the nearest with a `cdk.json`, else the one around the assembly.
  func app(of assembly: Path) throws -> Path {
    try CDKApps(snapshot: files).app(around: assembly.parent) ?? assembly.parent
  }

  /// The language that the command of an app tells; of files nobody asks here.
  func language(of app: Path) throws -> AppLanguage? {
    let file = app.appending(CDKApps.fileName)
    guard case .bytes(let bytes)? = try files.contents(of: file), let document = try? Document.read(bytes, named: file)
    else { return nil }
    return document.root["app"]?.text.flatMap(AppLanguage.init(command:))
  }

  /// The places of the frames that lie in the repository, in their order.
  func places(of frames: [StackFrame], in app: Path) throws -> [Location] {
    let own = frames.compactMap { frame in folders.path(of: frame.file).map { (frame, $0) } }
    guard own.isEmpty, let root = try root(of: frames, in: app) else {
      return try own.compactMap { frame, path in try place(of: frame, at: path) }
    }
    return try frames.compactMap { frame in
      guard frame.file.hasPrefix(root) else { return nil }
      return try place(of: frame, at: Path(String(frame.file.dropFirst(root.count))))
    }
  }

  /// What an assembly that was made on another machine puts before the paths of the repository. The outermost frame is of
  /// the app itself, so the most of its path that is a source of the app is its path here.
  private func root(of frames: [StackFrame], in app: Path) throws -> String? {
    if let root = roots[app] { return root }
    for frame in frames.reversed() {
      var rest = frame.file[...]
      while let slash = rest.firstIndex(of: "/") {
        rest = rest[rest.index(after: slash)...]
        let path = Path(String(rest))
        guard path.isInside(app), try place(of: frame, at: path) != nil else { continue }
        roots[app] = String(frame.file.dropLast(rest.count))
        return roots[app]
      }
    }
    return nil
  }

  private func place(of frame: StackFrame, at path: Path) throws -> Location? {
    guard let text = try text(of: path),
      let start = text.offset(of: SourcePosition(line: frame.line, column: 1)), start < text.bytes.count
    else { return nil }
    let end = text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes.count
    let line = String(decoding: text.bytes[start..<end], as: UTF8.self).unicodeScalars
    guard let columns = line.head(from: frame.column) else { return nil }
    let place = Location(
      path: path,
      range: SourceRange(
        start: SourcePosition(line: frame.line, column: columns.lowerBound + 1),
        end: SourcePosition(line: frame.line, column: columns.upperBound + 1)),
      line: text.line(at: start))
    // What an aspect makes is made while the app is synthesised, by no line of its own.
    return place.text?.lowercased().split(separator: ".").last == "synth" ? nil : place
  }

  private func text(of path: Path) throws -> SourceText? {
    if let text = known[path] { return text }
    guard path.isOwnSource, remaining > 0 else { return nil }
    remaining -= 1
    var text: SourceText?
    // A file may be there that git ignores.
    if case .bytes(let bytes)? = try files.contents(of: path), try files.lists(path) {
      text = SourceText(bytes)
    }
    known[path] = .some(text)
    return text
  }
}

extension Path {
  /// Whether it may name a source that somebody wrote for an app, in a repository.
  fileprivate var isOwnSource: Bool {
    guard AppLanguage(of: self) != nil, !bytes.contains(0) else { return false }
    let names = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return !names.contains { name in
      ["", ".", "..", ".git", "node_modules", "site-packages", "dist-packages"].contains { name.elementsEqual($0.utf8) }
    }
  }
}

extension String.UnicodeScalarView {
  /// The scalars of a line with which a statement or a call begins, up to its arguments; `nil` in an empty line.
  ///
  /// - Parameter column: 1-based, in UTF-16 units; without one, or where the line is shorter, the line tells.
  fileprivate func head(from column: Int?) -> Range<Int>? {
    let scalars = Array(self)
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return nil }
    var start = first
    if let column {
      var units = 0
      let found = scalars.firstIndex { scalar in
        defer { units += scalar.value > 0xFFFF ? 2 : 1 }
        return units >= column - 1
      }
      start = found.map { $0 <= last ? $0 : first } ?? first
    }
    let arguments = scalars[(start + 1)...].firstIndex { $0 == "(" } ?? scalars.count
    let end = Swift.min(arguments, last + 1)
    return start..<Swift.max(end, start + 1)
  }
}

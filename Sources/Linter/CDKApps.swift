import Diagnostics
import Rules
import Templates

/// The CDK apps of one snapshot: folders with a `cdk.json`. What an app makes is rarely in git.
struct CDKApps {
  static let fileName = "cdk.json"

  let snapshot: any Snapshot

  /// The folder of the app that a folder belongs to: itself or the nearest one above it that is an app.
  func app(around folder: Path) throws -> Path? {
    var folder = folder
    while try !isApp(folder) {
      if folder.bytes.isEmpty { return nil }
      folder = folder.parent
    }
    return folder
  }

  /// The app that a command means which starts in a folder: the one around it, else the only one below.
  func app(startedIn folder: Path) throws -> Path? { try app(around: folder) ?? onlyApp(below: folder) }

  /// `nil` where there are several, or none.
  private func onlyApp(below folder: Path) throws -> Path? {
    let apps = try snapshot.paths(under: folder).filter { $0.name == Self.fileName && !$0.isInDependencies }
    return apps.count == 1 ? apps[0].parent : nil
  }

  func isApp(_ folder: Path) throws -> Bool { try snapshot.contents(of: folder.appending(Self.fileName)) != nil }

  /// The folder that `cdk synth` writes to when nobody says another.
  func output(of app: Path) throws -> Path {
    let file = app.appending(Self.fileName)
    if case .bytes(let bytes) = try snapshot.contents(of: file),
      let output = (try? Document.read(bytes, named: file))?.root["output"]?.text, let folder = app.resolving(output)
    {
      return folder
    }
    return app.appending("cdk.out")
  }

  /// The apps that files belong to whose output this side does not have, each with the first of its files that may
  /// change what it makes.
  func notSynthesised(among files: [Path]) throws -> [Change.App] {
    var apps: [Path: Path?] = [:]
    var changes: [Path: Path] = [:]
    for file in files where !file.isInDependencies {
      if apps[file.parent] == nil { apps[file.parent] = try app(around: file.parent) }
      guard case .some(.some(let app)) = apps[file.parent], file.isSource(ofApp: app) else { continue }
      if changes[app].map({ file < $0 }) ?? true { changes[app] = file }
    }
    return try changes.sorted { $0.key < $1.key }.compactMap { app, file in
      let output = try output(of: app)
      guard try snapshot.paths(under: output).isEmpty else { return nil }
      return Change.App(file: app.appending(Self.fileName), state: .notSynthesised(changed: file, output: output))
    }
  }
}

extension Path {
  /// Whether the file may change what the app makes. Documentation does not, nor do files for tools, whose names begin
  /// with a dot.
  func isSource(ofApp folder: Path) -> Bool {
    let relative = Path(bytes: bytes.dropFirst(folder.bytes.isEmpty ? 0 : folder.bytes.count + 1))
    let names = relative.bytes.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    guard let name = names.last, !isInDependencies else { return false }
    if names.contains(where: { $0.hasPrefix(".") && !$0.hasPrefix(".env") }) { return false }
    let lowered = name.lowercased()
    return ![".md", ".markdown", ".rst", ".adoc"].contains(where: lowered.hasSuffix)
      && !["license", "notice", "authors", "codeowners", "changelog"].contains(lowered)
  }

  /// Whether the file was installed and not written.
  fileprivate var isInDependencies: Bool {
    bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("node_modules".utf8) }
  }
}

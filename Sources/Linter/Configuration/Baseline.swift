import Diagnostics
import Templates

/// Diagnostics that are known and left out, by fingerprint. The rest of an entry is for people who read the file.
struct Baseline: Sendable {
  private var entries: Set<Entry> = []
  private(set) var fingerprints: Set<String> = []

  private struct Entry: Hashable {
    let fingerprint: String
    let rule: String
    let path: String
    let service: String?
  }

  /// Grows when a field changes its meaning.
  private static let version = "1"

  init() {}

  func knows(_ diagnostic: Diagnostic) -> Bool { fingerprints.contains(diagnostic.fingerprint) }

  mutating func add(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics where fingerprints.insert(diagnostic.fingerprint).inserted {
      entries.insert(
        Entry(
          fingerprint: diagnostic.fingerprint, rule: diagnostic.rule, path: diagnostic.location.path.description,
          service: diagnostic.service))
    }
  }
}

extension Baseline {
  init(_ bytes: [UInt8], path: Path) throws(RunError) {
    let document: Document
    do {
      document = try Document.read(bytes, named: path)
    } catch {
      throw Baseline.fault(SourceText(bytes), path, error.offset, error.message)
    }
    let root = document.root
    func fault(_ node: Node, _ message: String) -> RunError {
      Baseline.fault(document.text, path, node.range.lowerBound, message)
    }
    guard let version = root["version"] else { throw fault(root, "it is no baseline: there is no 'version'") }
    guard version.isScalar(Baseline.version) else {
      throw fault(version, "version \(version.text ?? "") is not known; this program writes \(Baseline.version)")
    }
    guard let diagnostics = root["diagnostics"], diagnostics.kind == .sequence else {
      throw fault(root["diagnostics"] ?? root, "'diagnostics' must be a list")
    }
    for node in diagnostics.elements {
      guard let fingerprint = node["fingerprint"]?.text else { throw fault(node, "an entry needs its 'fingerprint'") }
      fingerprints.insert(fingerprint)
      entries.insert(
        Entry(
          fingerprint: fingerprint, rule: node["rule"]?.text ?? "", path: node["path"]?.text ?? "",
          service: node["service"]?.text))
    }
  }

  private static func fault(_ text: SourceText, _ path: Path, _ offset: Int, _ message: String) -> RunError {
    let position = text.position(at: min(offset, text.bytes.count))
    return RunError(
      "read the baseline", "\(path):\(position.line):\(position.column): \(message)",
      hint: "precede check --all --write-baseline \(path) writes it anew")
  }
}

extension Baseline {
  /// A line for each diagnostic, sorted, so that two branches that both add some seldom conflict.
  var text: String {
    let sorted = entries.sorted {
      ($0.path, $0.rule, $0.service ?? "", $0.fingerprint) < ($1.path, $1.rule, $1.service ?? "", $1.fingerprint)
    }
    let lines = sorted.map { entry in
      let fields = [
        ("fingerprint", entry.fingerprint), ("rule", entry.rule), ("path", entry.path), ("service", entry.service),
      ]
      let members = fields.compactMap { name, value in value.map { "\"\(name)\": \(Baseline.quoted($0))" } }
      return "    {\(members.joined(separator: ", "))}"
    }
    let list = lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
    return "{\n  \"version\": \(Baseline.version),\n  \"diagnostics\": \(list)\n}\n"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

import Diagnostics
import Templates

/// A value in the configuration, read as what its key wants. What is something else is an error with its place.
struct ConfigurationNode {
  let node: Node
  /// For messages: `'exclude'`.
  let name: String
  let path: Path

  /// A text, not blank. YAML's numbers, dates and words such as `off` are texts too.
  func text() throws(RunError) -> Configuration.Placed {
    guard let text = node.text, text.contains(where: { !$0.isWhitespace }) else {
      throw fault("\(name) must be a text")
    }
    return Configuration.Placed(text: text, location: location)
  }

  func list() throws(RunError) -> [ConfigurationNode] {
    guard node.kind == .sequence else { throw fault("\(name) must be a list") }
    return node.elements.map { ConfigurationNode(node: $0, name: "an entry of \(name)", path: path) }
  }

  /// Keys and values; no key may occur twice.
  func mapping() throws(RunError) -> [(key: ConfigurationNode, name: String, value: ConfigurationNode)] {
    guard node.kind == .mapping else { throw fault("\(name) must be a mapping") }
    var seen: Set<String> = []
    var entries: [(key: ConfigurationNode, name: String, value: ConfigurationNode)] = []
    for (key, value) in node.entries {
      let text = key.text ?? ""
      let key = ConfigurationNode(node: key, name: "a key", path: path)
      guard seen.insert(text).inserted else { throw key.fault("the key '\(text)' occurs twice") }
      entries.append((key, text, ConfigurationNode(node: value, name: "'\(text)'", path: path)))
    }
    return entries
  }

  /// The fields of an entry, all of them known and none that is needed missing.
  func fields(_ known: [ConfigurationKey.Field]) throws(RunError) -> [String: ConfigurationNode] {
    var fields: [String: ConfigurationNode] = [:]
    for (key, name, value) in try mapping() {
      guard known.contains(where: { $0.name == name }) else {
        throw key.unknown("key", name, among: known.map(\.name))
      }
      fields[name] = value
    }
    for field in known where field.isNeeded && fields[field.name] == nil {
      throw fault("\(name) needs '\(field.name)'\(field.why.map { ": \($0)" } ?? "")")
    }
    return fields
  }

  func patterns() throws(RunError) -> [GlobPattern] {
    var patterns: [GlobPattern] = []
    for entry in try list() {
      do {
        patterns.append(try GlobPattern(try entry.text().text))
      } catch let error as GlobPattern.Fault {
        throw entry.fault(error.description)
      } catch let error as RunError {
        throw error
      } catch {
        throw entry.fault("\(error)")
      }
    }
    return patterns
  }

  /// One of a few words.
  func word(among words: [String]) throws(RunError) -> String {
    let text = try text().text
    guard words.contains(text) else {
      throw fault(
        "'\(text)' is none of \(words.joined(separator: ", "))", hint: ClosestName.question(text, among: words))
    }
    return text
  }

  func date() throws(RunError) -> CalendarDate {
    let text = try text().text
    guard let date = CalendarDate(text) else {
      throw fault("'\(text)' is no date", hint: "dates are written 2027-03-01")
    }
    return date
  }

  var location: Location {
    let text = node.document.text
    return Location(path: path, range: text.range(of: node.range), line: text.line(at: node.range.lowerBound))
  }

  func fault(_ message: String, hint: String? = nil) -> RunError {
    RunError(inConfiguration: location, message, hint: hint)
  }

  func unknown(_ kind: String, _ name: String, among names: [String]) -> RunError {
    fault("unknown \(kind) '\(name)'", hint: ClosestName.question(name, among: names))
  }
}

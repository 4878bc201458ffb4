import Diagnostics
import Templates

/// A second look at edits: whatever the text is like, they must change one resource, and there nothing but what fixes are
/// about.
enum EditedResource {
  static func isOnlyChange(from old: [UInt8], to new: [UInt8], _ path: Path) -> Bool {
    guard let before = try? Document.read(old, named: path).root, let after = try? Document.read(new, named: path).root,
      before.hasSameValue(as: after, except: [["Resources"]]),
      let resources = before["Resources"]?.values, let edited = after["Resources"]?.values,
      Set(resources.keys) == Set(edited.keys)
    else { return false }
    let changed = resources.filter { id, body in !(edited[id].map(body.hasSameValue) ?? false) }
    guard changed.count == 1, let (id, body) = changed.first, let other = edited[id] else { return false }
    return body.hasSameValue(as: other, except: routes) && names(in: other).isSuperset(of: names(in: body))
  }

  private static let routes = [["DependsOn"], ["Properties", "ForceNewDeployment"]]

  private static func names(in body: Node) -> Set<String> {
    guard let list = body["DependsOn"] else { return [] }
    return Set(([list] + list.elements).compactMap(\.text))
  }
}

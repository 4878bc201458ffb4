import Templates

/// The resources of a stack that may wait for more than the template shows, since a part of it is hidden.
struct HiddenOrder {
  /// Indices of resources, ascending.
  let resources: [Int]

  init(_ template: Template) {
    guard !template.hiddenParts.isEmpty else {
      resources = []
      return
    }
    let extents = Set(template.hiddenParts.map(\.extent))
    resources = template.resources.indices.filter { index in
      if extents.contains(.template) || extents.contains(.resource(index)) { return true }
      // A resource that is hidden has dependencies of its own.
      return extents.contains(.resources)
        && UnresolvedName.all(in: template.resources[index], of: template).contains {
          template.mayHave($0.name)
        }
    }
  }
}

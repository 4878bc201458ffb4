import Deployment
package import Diagnostics
package import Services
package import Templates

extension Template {
  /// A template from its text, YAML or JSON, as if it stood in a file.
  package convenience init(parsing text: String, path: Path = "template.yaml") throws {
    self.init(try Document.read(Array(text.utf8), named: path), path: path)
  }
}

extension ServiceModel {
  /// The model of one template.
  package convenience init(
    parsing text: String, path: Path = "template.yaml", declared: [DeclaredConnection] = [], assets: AssetTexts = .none
  ) throws {
    self.init(TemplateGroup(try Template(parsing: text, path: path)), declared: declared, assets: assets)
  }
}

/// Random numbers that are the same in every run, so that a failing property names its seed.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  /// SplitMix64.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

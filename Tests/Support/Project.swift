import Foundation

/// Where the tests find this checkout, and what lies around it.
package enum Project {
  /// The folder that holds `Package.swift`.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Inputs with their expected output, and other test data.
  package static let fixtures = root.appending(path: "Tests/Fixtures")

  /// Schemas and conformance suites that are not part of the repository: `PRECEDE_SHARED`, or a folder `shared`
  /// beside the checkout. `nil` in a clone that stands alone; what needs it is left out then.
  package static let shared: URL? = {
    let named = ProcessInfo.processInfo.environment["PRECEDE_SHARED"].map { URL(filePath: $0) }
    let folder = named ?? root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) ? folder : nil
  }()

  /// The `precede` command of this build, which lies beside the test bundle.
  package static let command: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let products = bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
    return products.appending(path: "precede")
  }()
}

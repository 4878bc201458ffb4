// swift-tools-version: 6.2
// The targets stand in the order of the street: data flows downwards and never back. See docs/architecture.md.
import PackageDescription

let package = Package(
  name: "precede",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "precede", targets: ["precede"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(
      name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "CGitShim", dependencies: ["CLibgit2"]),

    .target(name: "Git", dependencies: ["CLibgit2", "CGitShim"]),
    .target(name: "Diagnostics"),
    .target(name: "Templates", dependencies: ["Diagnostics", "CLibYAML"]),
    .target(
      name: "Deployment",
      dependencies: [
        "Templates", "Diagnostics", .product(name: "BitCollections", package: "swift-collections"),
        .product(name: "DequeModule", package: "swift-collections"),
      ]),
    .target(name: "Services", dependencies: ["Deployment", "Templates", "Diagnostics"]),
    .target(name: "Rules", dependencies: ["Services", "Deployment", "Templates", "Diagnostics"]),
    .target(
      name: "Linter",
      dependencies: [
        "Git", "Diagnostics", "Templates", "Deployment", "Services", "Rules",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(name: "Reporting", dependencies: ["Diagnostics"]),
    .target(name: "Drawing", dependencies: ["Services", "Deployment", "Diagnostics"]),
    .executableTarget(
      name: "precede",
      dependencies: [
        "Linter", "Reporting", "Drawing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(
      name: "Support", dependencies: ["Services", "Deployment", "Templates", "Diagnostics"], path: "Tests/Support"),
    .testTarget(name: "GitTests", dependencies: ["Git", "Support"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "TemplatesTests", dependencies: ["Templates", "Diagnostics", "Support"]),
    .testTarget(name: "DeploymentTests", dependencies: ["Deployment", "Templates", "Diagnostics", "Support"]),
    .testTarget(
      name: "ServicesTests", dependencies: ["Services", "Deployment", "Templates", "Diagnostics", "Support"]),
    .testTarget(
      name: "RulesTests",
      dependencies: ["Rules", "Services", "Deployment", "Templates", "Linter", "Reporting", "Diagnostics", "Support"]
    ),
    .testTarget(name: "LinterTests", dependencies: ["Linter", "Git", "Rules", "Diagnostics", "Support"]),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Diagnostics", "Support"]),
    .testTarget(
      name: "DrawingTests", dependencies: ["Drawing", "Services", "Deployment", "Diagnostics", "Support"]),
    .testTarget(name: "CommandTests", dependencies: ["precede", "Support"], exclude: ["Pages"]),
    .testTarget(name: "AccuracyTests", dependencies: ["Linter", "Rules", "Diagnostics", "Support"]),
    .testTarget(name: "ArchitectureTests", dependencies: ["Support"]),
  ],
  swiftLanguageModes: [.v6]
)

// Programs that only ci/fuzz builds, with a sanitiser that needs flags of its own.
if Context.environment["PRECEDE_FUZZ"] != nil {
  for name in ["FuzzYAML", "FuzzJSON", "FuzzModel", "FuzzManifest", "FuzzConfiguration"] {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: ["Linter", "Rules", "Services", "Deployment", "Templates", "Diagnostics", "Support"],
        path: "Tests/Fuzz/\(name)", swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
  }
}

// What only ci/benchmark builds.
if Context.environment["PRECEDE_BENCHMARK"] != nil {
  package.targets += [
    .target(name: "BareEvents", dependencies: ["CLibYAML"], path: "Tests/Benchmark/BareEvents"),
    .executableTarget(
      name: "BenchmarkReading", dependencies: ["BareEvents", "Services", "Deployment", "Templates", "Diagnostics"],
      path: "Tests/Benchmark/BenchmarkReading"),
  ]
}

// An import stays inside its target unless it says `package`, so that no type leaks through a wall by accident.
for target in package.targets
where [.regular, .executable].contains(target.type) && target.name != "CGitShim" && target.path == nil {
  target.swiftSettings = [.enableUpcomingFeature("InternalImportsByDefault")]
}

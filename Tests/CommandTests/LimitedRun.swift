import Foundation
import Support

/// One run of the command in a folder of its own, with bounds on the time and memory that it may take.
struct LimitedRun {
  /// The exit status; a negative number is the signal that ended the process.
  let status: Int32
  /// Standard output and standard error.
  let text: String

  /// In seconds of one processor, generous for a build without optimisation on a busy machine.
  private static let seconds = isSanitised ? 180 : 30
  /// In KiB.
  private static let memory = 3 << 20

  init(_ arguments: [String], files: [(path: String, bytes: [UInt8])]) throws {
    let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "run-\(UUID().uuidString.prefix(8))")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, bytes) in files {
      let file = folder.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let output = folder.appending(path: "output")
    try Data().write(to: output)

    let process = Process()
    // The sanitiser reserves terabytes of addresses.
    let memory = LimitedRun.isSanitised ? "" : "ulimit -v \(LimitedRun.memory); "
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments =
      [
        "-c", "ulimit -t \(LimitedRun.seconds); \(memory)exec \"$0\" \"$@\"",
        Project.command.path(percentEncoded: false),
      ] + arguments
    process.currentDirectoryURL = folder
    process.environment = ["SWIFT_BACKTRACE": "enable=no"]
    process.standardInput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }

  private static let isSanitised = dlsym(nil, "__asan_init") != nil
}

import ArgumentParser
import Reporting

/// A report that is written to a file, beside standard output.
struct ReportFile {
  let format: ReportFormat
  let path: String

  init(format: ReportFormat, path: String) {
    self.format = format
    self.path = path
  }

  /// `format=file`, as an argument has it.
  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !argument.hasPrefix("=") else {
      throw ValidationError("it names no file, as in json=report.json")
    }
    guard let format = ReportFormat(rawValue: parts[0]) else {
      let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no format \(parts[0]), only \(formats)")
    }
    guard parts[1] != "-" else {
      throw ValidationError("a report goes to a file; --format \(format.rawValue) writes to standard output")
    }
    self.format = format
    path = parts[1]
  }
}

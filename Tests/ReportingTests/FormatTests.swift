import Diagnostics
import Reporting
import Testing

@Suite("Every format") struct FormatTests {
  @Test(arguments: ReportFormat.allCases) func `the sample is as expected`(_ format: ReportFormat) throws {
    try Golden(name: "sample.\(format.rawValue)").expect(text(Sample.report, format))
  }

  @Test(arguments: ReportFormat.allCases) func `an empty report is as expected`(_ format: ReportFormat) throws {
    try Golden(name: "empty.\(format.rawValue)").expect(text(Sample.report([]), format))
  }

  @Test func `colours are as expected`() throws {
    let reporter = ReportFormat.text.reporter(
      for: Tool(version: "0"), style: TextStyle(color: true, width: 60, isSpacious: true))
    try Golden(name: "sample.color.text").expect(reporter.report(Sample.report))
  }

  @Test func `existing diagnostics are shown when asked for, in the machine formats always`() {
    var report = Sample.report
    #expect(!text(report, .text).contains("Worker"))
    #expect(!text(report, .github).contains("Worker"))
    #expect(text(report, .gitlab).contains("Worker"))
    #expect(text(report, .json).contains("\"existing\""))
    report.showsExisting = true
    #expect(text(report, .text).contains("Worker"))
    #expect(text(report, .github).contains("Worker"))
  }

  @Test(arguments: [ReportFormat.text, .github, .azure, .junit, .markdown])
  func `existing diagnostics are marked where people read them`(_ format: ReportFormat) {
    var report = Sample.report
    report.diagnostics.removeAll { $0.status == .existing && $0.severity == .notice }
    #expect(!text(report, format).contains("existing"))
    var known = Sample.clientBeforeServer
    known.status = .existing
    report.diagnostics = [known]
    report.showsExisting = true
    #expect(text(report, format).contains(format == .markdown ? "| error (existing) |" : "existing: it was there"))
  }

  private func text(_ report: Report, _ format: ReportFormat) -> String {
    format.reporter(for: Tool(version: "0.1.0", rulePages: "https://example.org/rules")).report(report)
  }
}

import Diagnostics
import Reporting
import Testing

@Suite("Summary") struct SummaryTests {
  @Test func `findings come first, then what was looked at, then what is not counted`() {
    #expect(
      Summary(of: Sample.report, suppressed: 2).lines == [
        """
        precede: 2 errors, 2 warnings, 2 notices; 3 of 12 services affected, 5 templates read, 1 skipped \
        (--verbose tells why)
        """,
        "precede: 1 existing diagnostic hidden (--existing show lists it), 1 resolved, 2 suppressed by the change itself",
      ])
  }

  @Test(arguments: [(1, "0.00"), (12, "0.01"), (990, "0.99"), (61_250, "61.25")])
  func `the time stands last, where it is asked for`(_ milliseconds: Int, _ expected: String) {
    let summary = Summary(of: Sample.report([]), duration: .milliseconds(milliseconds))
    #expect(summary.lines == ["precede: no services, no templates read, \(expected) s"])
  }

  @Test func `nothing is hidden when existing diagnostics are shown`() {
    var report = Sample.report
    report.showsExisting = true
    #expect(Summary(of: report).lines.last == "precede: 1 resolved")
  }

  @Test(arguments: [
    ("staged", 0, 0, 0, 0, "no templates changed"),
    ("staged", 1, 1, 4, 0, "no services affected, 1 template read"),
    ("staged", 1, 2, 1, 1, "no diagnostics; 1 of 1 service affected, 2 templates read"),
    ("all", 0, 3, 12, 12, "no diagnostics; 12 services, 3 templates read"),
    ("all", 0, 0, 0, 0, "no services, no templates read"),
  ])
  func `a clean run is short`(
    _ mode: String, _ changed: Int, _ read: Int, _ total: Int, _ affected: Int, _ expected: String
  ) {
    let report = Report(
      scope: .init(mode: mode, base: nil, head: "INDEX"), templates: .init(changed: changed, read: read),
      services: .init(
        total: total, affected: (0..<affected).map { .init(path: "a.yaml", logicalID: "Service\($0)") }))
    #expect(Summary(of: report).description == "precede: \(expected)\n")
  }

  @Test func `a single error is singular`() {
    let report = Sample.report([Sample.clientBeforeServer])
    #expect(Summary(of: report).lines == ["precede: 1 error; no services, no templates read"])
  }
}

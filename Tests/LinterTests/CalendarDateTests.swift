import Testing

@testable import Linter

/// Days, and words that somebody may have meant.
@Suite struct CalendarDateTests {
  @Test(arguments: ["2027-03-01", "2028-02-29", "2000-02-29", "2026-12-31", "0001-01-01"])
  func daysOfTheCalendar(text: String) { #expect(CalendarDate(text)?.description == text) }

  @Test(arguments: [
    "", "2027", "2027-3-1", "2027-13-01", "2027-00-10", "2027-04-31", "2027-02-29", "1900-02-29", "2027-03-01T00:00",
    "27-03-0001", "2027-+3-01", "２０２７-03-01", "2027/03/01",
  ])
  func whatIsNone(text: String) { #expect(CalendarDate(text) == nil) }

  @Test func theyAreOrdered() throws {
    let days = ["2026-12-31", "2027-01-01", "2027-01-31", "2027-02-01"].compactMap { CalendarDate($0) }
    #expect(days.count == 4 && days.sorted() == days)
    #expect(try #require(CalendarDate("2026-01-01")) < .today)
  }

  @Test(
    arguments: [
      ("rule", "rules"), ("excluded", "exclude"), ("Suppress", "suppress"), ("stack", "stacks"), ("synth", nil),
      ("x", nil), ("", nil),
    ] as [(String, String?)])
  func theClosestNameIsFound(word: String, expected: String?) {
    #expect(ClosestName.to(word, among: ["rules", "exclude", "suppress", "stacks", "templates"]) == expected)
  }
}

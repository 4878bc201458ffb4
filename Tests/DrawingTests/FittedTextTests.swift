import Testing

@testable import Drawing

@Suite struct FittedTextTests {
  private let text = FittedText(size: 10)

  @Test func `what fits stays as it is`() {
    #expect(text.shortened("WordPress", to: 100) == "WordPress")
    #expect(abs(text.width(of: "WordPress") - 55.8) < 0.001)
  }

  @Test func `a long name keeps its beginning and its end`() {
    let short = text.shortened("CheckoutServiceD9323692", to: 100)
    #expect(short.hasPrefix("Checko") && short.contains("…") && short.hasSuffix("3692"))
  }

  @Test(arguments: [
    String(repeating: "Name", count: 1250), String(repeating: "日本", count: 40), "👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀",
    "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "\u{202e}abcdefghijklmnopqrst",
  ]) func `whatever it is, it fits`(_ name: String) {
    for width in stride(from: 20.0, through: 120, by: 20) {
      #expect(text.width(of: text.shortened(name, to: width)) <= width)
    }
  }
}

/// A picture as one page of HTML that needs nothing else: no script, no font, no request. Its links lead from a service of
/// the picture to a card, which style sheets show when it is the target; without them it is all text, in order. It is
/// well-formed XML, too, so that strict readers can look at it.
struct HTMLPage {
  private let sheet: Sheet
  private let headline: Headline

  init(_ sheet: Sheet) {
    self.sheet = sheet
    headline = Headline(sheet)
  }

  /// What browsers must not do, whatever a name in the page may say.
  private static let policy: Markup =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  var document: String {
    let picture = SVG(sheet, isPart: true)
    let text: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="\(HTMLPage.policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="referrer" content="no-referrer"/>
      <title>\(headline.title)</title>
      <style>
      \(Stylesheet.picture)\(picture.partStyle)\(PageStyle.sheet)\(picture.highlights)\(selections)</style>
      </head>
      <body>
      <a class="skip" href="#connections">Skip the picture</a>
      <header>
      <h1>\(headline.title)</h1>
      \(sentences)</header>
      <main>
      <figure id="picture">
      \(controls)<div class="scroll" tabindex="0" role="region" aria-label="Picture, which scrolls">
      \(picture.part)</div>
      <figcaption>An arrow leads from a client to the server that it connects to. Services of a wave may start at the same
      time. Choose a service to see what shows its connections.
      \(Legend(sheet).list)</figcaption>
      </figure>
      \(ConnectionTable(sheet).markup)\(cards)</main>
      </body>
      </html>

      """
    return text.text
  }

  private var sentences: [Markup] {
    var sentences: [Markup] = []
    if !headline.chain.isEmpty { sentences.append("<p>\(headline.chain).</p>\n") }
    let mark: Markup = headline.hasFaults ? " class=\"fault\"" : ""
    sentences.append("<p\(mark)>\(headline.faults).</p>\n")
    if !headline.leftOut.isEmpty { sentences.append("<p class=\"left-out\">\(headline.leftOut).</p>\n") }
    return sentences
  }

  /// Boxes to tick, which the style sheet looks at.
  private var controls: Markup {
    let faults: Markup =
      headline.hasFaults ? "<label><input type=\"checkbox\" id=\"faults\"/> Only what is out of order</label>\n" : ""
    return """
      <p class="controls"><label><input type="checkbox" id="fit"/> Fit to the window</label>
      \(faults)</p>

      """
  }

  private var cards: Markup {
    let cards: [Markup] = sheet.charts.flatMap { chart in
      chart.boxes.indices.map { ServiceCard(chart, $0).markup }
    }
    return """
      <section class="cards" aria-label="Services">
      \(cards)</section>

      """
  }

  /// A border for the service whose card is shown.
  private var selections: Markup {
    sheet.charts.flatMap(\.boxes).map { box in
      ":root:has(#service-\(box.number):target) #box-\(box.number) .box{stroke:var(--ink);stroke-width:3.5}\n" as Markup
    }
    .joined(by: "")
  }
}

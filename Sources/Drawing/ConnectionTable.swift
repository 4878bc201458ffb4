/// The connections of a picture in words, for those who cannot or will not look at it, and for searching.
struct ConnectionTable {
  private let sheet: Sheet

  init(_ sheet: Sheet) { self.sheet = sheet }

  var markup: Markup {
    guard !sheet.rows.isEmpty else { return "<section id=\"connections\"></section>\n" }
    let more = sheet.leftOut.rows > 0 ? " The first \(sheet.rows.count) of \(sheet.connectionCount)." : ""
    return """
      <section id="connections">
      <h2>Connections</h2>
      <table>
      <caption>What is out of order stands first.\(more)</caption>
      <thead><tr><th scope="col">Client</th><th scope="col">Server</th><th scope="col">Endpoint</th>\
      <th scope="col">Found by</th><th scope="col">Order</th><th scope="col">Evidence</th></tr></thead>
      <tbody>
      \(sheet.rows.map(row))</tbody>
      </table>
      </section>

      """
  }

  private func row(_ row: Sheet.Row) -> Markup {
    """
    <tr class="\(row.kind.name)"><td data-label="Client">\(ConnectionTable.link(to: row.client))</td>\
    <td data-label="Server">\(ConnectionTable.link(to: row.server))</td>\
    <td data-label="Endpoint"><code>\(row.connection.endpoint)</code></td>\
    <td data-label="Found by">\(row.connection.mechanism)</td>\
    <td data-label="Order" class="order">\(row.kind.isFault ? "✕ " : "")\(row.connection.order)</td>\
    <td data-label="Evidence">\(ConnectionTable.evidence(of: row.connection))</td></tr>

    """
  }

  private static func link(to end: Sheet.End) -> Markup {
    end.number.map { "<a class=\"name\" href=\"#service-\($0)\">\(end.name)</a>" }
      ?? "<span class=\"name\">\(end.name)</span>"
  }

  /// The places that show a connection.
  static func evidence(of connection: ChartConnection) -> Markup {
    let items: [Markup] = connection.evidence.map { evidence in
      "<li>\(evidence.subject), <span class=\"place\">\(PlaceText.of(evidence.place))</span></li>"
    }
    return "<ul class=\"plain\">\(items)</ul>"
  }
}

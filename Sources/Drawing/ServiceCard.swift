/// What is known of a service, as a part of a page that links lead to.
struct ServiceCard {
  private let chart: Chart
  private let box: Chart.Box
  private let servers: [Chart.Arrow]
  private let clients: [Chart.Arrow]

  init(_ chart: Chart, _ index: Int) {
    self.chart = chart
    box = chart.boxes[index]
    servers = chart.arrows.filter { $0.client == index }
    clients = chart.arrows.filter { $0.server == index }
  }

  var markup: Markup {
    var facts: [Markup] = [
      "wave \(box.wave + 1) of \(chart.waveCount)", "<span>\(chart.frames[box.frame].title)</span>",
    ]
    if let path = box.constructPath { facts.append("\(path)") }
    return """
      <article class="card" id="service-\(box.number)" aria-labelledby="name-\(box.number)">
      <h3 id="name-\(box.number)" class="name">\(box.name)</h3>
      <a class="close" href="#box-\(box.number)" aria-label="Close">×</a>
      <p class="place">\(PlaceText.of(box.place))</p>
      <p class="place">\(facts.joined(by: " · "))</p>
      \(published)\(list("Connects to", servers.filter { $0.kind != .wait }) { $0.server })\
      \(list("Is called by", clients.filter { $0.kind != .wait }) { $0.client })\
      \(list("Also waits for", servers.filter { $0.kind == .wait }) { $0.server })\
      </article>

      """
  }

  private var published: Markup {
    guard !box.endpoints.isEmpty else { return "" }
    let items: [Markup] = box.endpoints.map { "<li><code>\($0)</code></li>" }
    return "<h4>Publishes</h4><ul class=\"plain\">\(items)</ul>\n"
  }

  private func list(_ heading: String, _ arrows: [Chart.Arrow], _ end: (Chart.Arrow) -> Int) -> Markup {
    guard !arrows.isEmpty else { return "" }
    let items: [Markup] = arrows.map { arrow in
      let other = chart.boxes[end(arrow)]
      let link: Markup = "<a class=\"name\" href=\"#service-\(other.number)\">\(other.name)</a>"
      guard !arrow.connections.isEmpty else { return "<li>\(link)</li>" }
      let mark: Markup = arrow.kind.isFault ? " class=\"fault\"" : ""
      let connections: [Markup] = arrow.connections.map { connection in
        "<code>\(connection.endpoint)</code>: <span\(mark)>\(connection.order)</span>\(ConnectionTable.evidence(of: connection))"
      }
      return "<li>\(link) \(connections)</li>"
    }
    return "<h4>\(heading)</h4><ul class=\"plain\">\(items)</ul>\n"
  }
}

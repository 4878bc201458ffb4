/// What a picture shows, in sentences.
struct Headline {
  let title: String
  /// The longest chain; empty where nothing waits.
  let chain: String
  let faults: String
  let hasFaults: Bool
  /// What the picture lacks; empty when it has everything.
  let leftOut: String

  init(_ sheet: Sheet) {
    let waves = sheet.charts.map(\.waveCount).max() ?? 0
    let deployments = sheet.charts.count > 1 ? ", \(sheet.charts.count) deployments" : ""
    title =
      sheet.serviceCount == 0
      ? "No services"
      : "\(Headline.count(sheet.serviceCount, "service")) in \(Headline.count(waves, "wave"))\(deployments)"
    if let chain = sheet.chain?.names {
      self.chain = "\(chain.count) services deploy one after the other: \(Headline.list(chain))"
    } else {
      chain = sheet.serviceCount > 1 ? "No service waits for another: all may start at the same time" : ""
    }
    hasFaults = sheet.faultCount > 0
    faults =
      if sheet.connectionCount == 0 {
        "No connection was found"
      } else if !hasFaults {
        "No connection is out of order"
      } else if sheet.connectionCount == 1 {
        "The connection is out of order"
      } else {
        "\(sheet.faultCount) of \(sheet.connectionCount) connections \(sheet.faultCount == 1 ? "is" : "are") out of order"
      }
    let parts = [
      (sheet.leftOut.services, "service"), (sheet.leftOut.connections, "connection"),
    ].filter { $0.0 > 0 }.map { Headline.count($0.0, $0.1) }
    leftOut =
      parts.isEmpty
      ? "" : "\(parts.joined(separator: " and ")) left out, which nobody could read; name files to draw less"
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// The first and the last of many names.
  private static func list(_ names: [String]) -> String {
    let shown = names.count > most ? names.prefix(most / 2) + ["…"] + names.suffix(most / 2) : names[...]
    return shown.map { FittedText.clipped($0, to: longest) }.joined(separator: " → ")
  }

  private static let most = 12
  /// In letters.
  private static let longest = 60
}

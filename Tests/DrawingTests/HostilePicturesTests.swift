import Deployment
import Diagnostics
import Foundation
import Services
import Support
import Templates
import Testing

@testable import Drawing

/// Whatever services and files are called, a picture has the same elements and statements, and shows the names.
@Suite struct HostilePicturesTests {
  static let names = [
    "</script><script>x</script>", "--><img src=x onerror='x'>", "\"'&quot;&amp;&#60;b>", "]]><svg onload=x>",
    "\u{202e}evil\u{2066}\u{2028}\u{1b}[31m\u{7}\u{85}\u{fffe}\u{feff}", "a\nb\r\nc", "👩‍🚀🧑🏽‍💻⚠\u{fe0f}", "日本語",
    "\u{301}\"\u{301}<\u{301}", "\"]; a -> b; x [label=\"", "end\n  x --> y\n%%{init: {}}%%", "\\", "\\N\\G\\l\\\"",
    "#quot;#59;`$$x$$`", "</title></style></svg>", String(repeating: "long & ", count: 700), "&lt;b&gt;", "s0", "{}",
    "*/",
  ]

  @Test(arguments: GraphFormat.allCases) func `names change nothing but texts`(_ format: GraphFormat) throws {
    let plain = format.drawing(of: try Self.picture("Server", "Client", path: "services.json")).text
    for (index, name) in Self.names.enumerated() {
      let other = Self.names[(index + 1) % Self.names.count]
      let picture = try Self.picture(name, other, path: Path(name))
      expectSameForm(format.drawing(of: picture).text, as: plain, in: format, name)
    }
  }

  @Test(arguments: names) func `markup shows every name whole`(_ name: String) throws {
    let picture = try Self.picture(name, "Client", path: "services.json")
    let shown = VisibleText.line(of: name)
    for format in [GraphFormat.svg, .html] {
      #expect(XMLReader(format.drawing(of: picture).text).text.contains(shown), "\(format)")
    }
  }

  private func expectSameForm(_ text: String, as plain: String, in format: GraphFormat, _ name: String) {
    #expect(text.hasSuffix("\n"))
    switch format {
    case .svg, .html:
      let (found, expected) = (XMLReader(text), XMLReader(plain))
      #expect(found.isWellFormed && found.elements == expected.elements, "\(name)")
      #expect(!text.unicodeScalars.contains { $0 != "\n" && !VisibleText.isVisible($0, after: "⚠") }, "\(name)")
    case .dot:
      #expect(statements(in: text) == statements(in: plain), "\(name)")
    case .mermaid:
      // Between the quotes of a label stands nothing that ends it.
      let form = { (text: String) in
        text.unicodeScalars.split(separator: "\n").map { line in
          line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
            .map { String(String.UnicodeScalarView($0.element)) }
        }
      }
      #expect(form(text) == form(plain), "\(name)")
    case .json:
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
  }

  /// A text of DOT without what stands between quotes, as its grammar says: a backslash keeps a quote from ending it.
  private func statements(in text: String) -> String {
    var isQuoted = false
    var isEscaped = false
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      if !isQuoted { result.unicodeScalars.append(scalar) }
      if scalar == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && scalar == "\\" && !isEscaped
    }
  }

  /// A client that does not wait for its server.
  private static func picture(_ server: String, _ client: String, path: Path) throws -> DeploymentPicture {
    let connect: (String, [String: Any]) -> [String: Any] = { task, settings in
      [
        "Type": "AWS::ECS::Service",
        "Properties": [
          "TaskDefinition": ["Ref": task],
          "ServiceConnectConfiguration": settings.merging(["Enabled": true, "Namespace": "n"]) { $1 },
        ],
      ]
    }
    let task = { (container: [String: Any]) -> [String: Any] in
      ["Type": "AWS::ECS::TaskDefinition", "Properties": ["ContainerDefinitions": [container]]]
    }
    let resources: [(String, [String: Any])] = [
      ("T1", task(["PortMappings": [["Name": "http", "ContainerPort": 80]]])),
      (server, connect("T1", ["Services": [["PortName": "http", "ClientAliases": [["DnsName": "h", "Port": 80]]]]])),
      ("T2", task(["Environment": [["Name": client, "Value": "http://h:80"]]])),
      (client, connect("T2", [:])),
    ]
    let entries = try resources.map { name, body in
      let key = String(decoding: try JSONEncoder().encode(name), as: UTF8.self)
      return "\(key): \(String(decoding: try JSONSerialization.data(withJSONObject: body), as: UTF8.self))"
    }
    return DeploymentPicture([
      try ServiceModel(parsing: "{\"Resources\": {\(entries.joined(separator: ", "))}}", path: path)
    ])
  }
}

import BareEvents
import Deployment
import Diagnostics
import Foundation
import Services
import Templates

// Times one pass at a time, on request, so that ci/benchmark can take turns with what it compares with. Each line of
// standard input is a kind and a file; the answer is a line with the nanoseconds of the pass.

var files: [String: [UInt8]] = [:]

func model(of bytes: [UInt8]) throws -> Int {
  let document = try Document.read(bytes, named: "template")
  return ServiceModel(TemplateGroup(Template(document, path: "template"))).services.count
}

while let line = readLine() {
  let words = line.split(separator: " ", maxSplits: 1).map(String.init)
  let bytes = try files[words[1]] ?? Array(Data(contentsOf: URL(filePath: words[1])))
  files[words[1]] = bytes
  let clock = ContinuousClock()
  var result = 0
  let time = try clock.measure {
    switch words[0] {
    case "template": result = try Template(Document.read(bytes, named: "template"), path: "template").resources.count
    case "model": result = try model(of: bytes)
    case "read": result = try Document.read(bytes, named: "template").root.entries.reduce(0) { count, _ in count + 1 }
    default: result = bare_events(bytes, bytes.count)
    }
  }
  precondition(result > 0, "nothing was read")
  let nanoseconds = time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000
  try FileHandle.standardOutput.write(contentsOf: Data("\(nanoseconds)\n".utf8))
}

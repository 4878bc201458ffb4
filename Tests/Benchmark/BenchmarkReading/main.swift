import BareEvents
import Deployment
import Diagnostics
import Foundation
import Services
import Templates

// Times one pass at a time, on request, so that ci/benchmark can take turns with what it compares with. Each line of
// standard input is a kind and a file; the answer is a line with the nanoseconds of the pass: those of the processor, so
// that time in which the machine does something else does not count.

var files: [String: [UInt8]] = [:]

func model(of bytes: [UInt8]) throws -> Int {
  let document = try Document.read(bytes, named: "template")
  return ServiceModel(TemplateGroup(Template(document, path: "template"))).services.count
}

func processorTime() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

while let line = readLine() {
  let words = line.split(separator: " ", maxSplits: 1).map(String.init)
  let bytes = try files[words[1]] ?? Array(Data(contentsOf: URL(filePath: words[1])))
  files[words[1]] = bytes
  let start = processorTime()
  let result =
    switch words[0] {
    case "template": try Template(Document.read(bytes, named: "template"), path: "template").resources.count
    case "model": try model(of: bytes)
    case "read": try Document.read(bytes, named: "template").root.entries.reduce(0) { count, _ in count + 1 }
    default: bare_events(bytes, bytes.count)
    }
  let nanoseconds = processorTime() - start
  precondition(result > 0, "nothing was read")
  try FileHandle.standardOutput.write(contentsOf: Data("\(nanoseconds)\n".utf8))
}

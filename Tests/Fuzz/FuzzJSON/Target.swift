import Diagnostics
import Support
import Templates

/// Bytes as JSON. Behind a bracket, so that none are spent on YAML, which has its own target.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
    let document = try? Document.read(bytes, named: "template.json")
  else { return 0 }
  DocumentProof(document).check()
  return 0
}

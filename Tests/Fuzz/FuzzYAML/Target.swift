import Diagnostics
import Support
import Templates

/// Bytes as YAML: whatever is read keeps its promises, see `DocumentProof`.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let document = try? Document.read(bytes, named: "template.yaml") else { return 0 }
  DocumentProof(document).check()
  return 0
}

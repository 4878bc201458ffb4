import Diagnostics
import Templates

@testable import Linter

/// Bytes as `.precede.yml`: read, or refused with a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    let configuration = try Configuration(bytes, path: ".precede.yml")
    _ = configuration.files.opens("infra/services.yaml")
  } catch is RunError {
    return 0
  } catch {
    fatalError("a configuration is refused by a sentence with a place: \(error)")
  }
  return 0
}

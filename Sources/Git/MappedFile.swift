#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The bytes of a large file, mapped and not copied. git never writes into such a file: it puts another in its place.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  /// `nil` with `errno` when the file cannot be mapped, an empty one included.
  init?(_ path: String) {
    guard let file = OpenFile(path), let size = file.size,
      let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file.descriptor, 0), start != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}

/// Owns one pointer of libgit2. Nothing else in the program frees anything of libgit2.
struct Handle: ~Copyable {
  typealias Free = @convention(c) (OpaquePointer?) -> Void

  let pointer: OpaquePointer
  private let free: Free

  /// Runs `make`, which must set the pointer or return a negative code.
  init(
    to operation: String, freedBy free: Free, _ make: (inout OpaquePointer?) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    let code = make(&made)
    guard code >= 0, let made else { throw LibraryFailure.last(code: code).error(operation) }
    pointer = made
    self.free = free
  }

  deinit { free(pointer) }
}

// Both modules hold the declarations of libgit2, and the compiler may find one of a build in either.
internal import CGitShim
internal import CLibgit2

/// A unified patch, as `git diff` writes it and `git apply` takes it.
package enum Patch {
  /// The patch of one file, whose path is relative to the top; empty where nothing differs.
  package static func text(
    of path: [UInt8], from old: [UInt8], to new: [UInt8]
  ) throws(GitError) -> [UInt8] {
    try Library.start()
    let operation = "write a patch for \(path.text)"
    var options = git_diff_options()
    try LibraryFailure.check(
      git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), to: operation)
    options.flags |= UInt32(GIT_DIFF_FORCE_TEXT.rawValue)
    let patch = try Handle(to: operation, freedBy: git_patch_free) { patch in
      old.withUnsafeBytes { old in
        new.withUnsafeBytes { new in
          path.withCString { name in
            git_patch_from_buffers(
              &patch, old.baseAddress, old.count, name, new.baseAddress, new.count, name, &options)
          }
        }
      }
    }
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try LibraryFailure.check(git_patch_to_buf(&buffer, patch.pointer), to: operation)
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }
}

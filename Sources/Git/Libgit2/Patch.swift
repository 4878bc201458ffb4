// Both modules hold the declarations of libgit2, and the compiler may find one of a build in either.
internal import CGitShim
internal import CLibgit2

/// What differs between two texts of a file, line by line, as `git diff` finds it.
package enum Patch {
  /// A unified patch of one file, whose path is relative to the top, as `git apply` takes it; empty where nothing differs.
  package static func text(
    of path: [UInt8], from old: [UInt8], to new: [UInt8]
  ) throws(GitError) -> [UInt8] {
    let operation = "write a patch for \(path.text)"
    let patch = try patch(to: operation, of: path, from: old, to: new, context: 3)
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try LibraryFailure.check(git_patch_to_buf(&buffer, patch.pointer), to: operation)
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }

  /// The parts that differ, in the order of the lines.
  package static func hunks(from old: [UInt8], to new: [UInt8]) throws(GitError) -> [Hunk] {
    let operation = "compare two texts"
    let patch = try patch(to: operation, of: [], from: old, to: new, context: 0)
    var hunks: [Hunk] = []
    for number in 0..<git_patch_num_hunks(patch.pointer) {
      var hunk: UnsafePointer<git_diff_hunk>?
      try LibraryFailure.check(git_patch_get_hunk(&hunk, nil, patch.pointer, number), to: operation)
      if let hunk { hunks.append(Hunk(hunk.pointee)) }
    }
    return hunks
  }

  private static func patch(
    to operation: String, of path: [UInt8], from old: [UInt8], to new: [UInt8], context: UInt32
  ) throws(GitError) -> Handle {
    try Library.start()
    var options = git_diff_options()
    try LibraryFailure.check(
      git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), to: operation)
    // git's own default, which makes blocks of YAML begin where people see them begin.
    options.flags |= UInt32(GIT_DIFF_FORCE_TEXT.rawValue | GIT_DIFF_INDENT_HEURISTIC.rawValue)
    options.context_lines = context
    return try Handle(to: operation, freedBy: git_patch_free) { patch in
      old.withUnsafeBytes { old in
        new.withUnsafeBytes { new in
          path.withCString { name in
            git_patch_from_buffers(
              &patch, old.baseAddress, old.count, name, new.baseAddress, new.count, name, &options)
          }
        }
      }
    }
  }
}

/// Lines of one text that have others in their place in another text. Lines count from 0.
package struct Hunk: Hashable, Sendable {
  /// Empty, and where they would be, for lines that were only added.
  package let old: Range<Int>
  /// Empty for lines that were only taken away.
  package let new: Range<Int>

  fileprivate init(_ hunk: git_diff_hunk) {
    old = Self.lines(hunk.old_start, hunk.old_lines)
    new = Self.lines(hunk.new_start, hunk.new_lines)
  }

  /// git names the line before, from 1, where there is none itself.
  private static func lines(_ start: Int32, _ count: Int32) -> Range<Int> {
    let first = count == 0 ? Int(start) : Int(start) - 1
    return first..<first + Int(count)
  }
}

/// The files of one side, by path. Paths are raw bytes relative to the top.
package protocol FileListing {
  /// `nil` when there is no file at the path; a folder is not a file.
  func file(at path: [UInt8]) throws(GitError) -> FileVersion?

  /// All files below a folder, by the bytes of their paths. The empty path is the top.
  func files(under folder: [UInt8]) throws(GitError) -> [(path: [UInt8], version: FileVersion)]
}

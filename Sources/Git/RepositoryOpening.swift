extension Repository {
  /// Finds and opens the repository as git would in the current directory `directory`, an absolute path.
  package static func open(
    from directory: String, environment: HookEnvironment
  ) throws(GitError) -> Repository {
    try Library.start()
    let environment = environment.absolute(from: directory)
    guard environment.commonDirectory == nil else {
      throw GitError("open the repository", .unsupportedEnvironment("GIT_COMMON_DIR"))
    }
    do throws(GitError) {
      let backend = try LibraryOpening(directory: directory, environment: environment).backend()
      return try Repository(backend.layout, by: backend, environment)
    } catch {
      guard error.isLimitOfLibrary, let backend = CommandBackend(openedFrom: directory, environment) else {
        throw error
      }
      return try Repository(backend.layout, by: backend, environment, reasons: [error.reason])
    }
  }
}

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

extension Repository {
  /// A switch of the configuration. As in git, the variables of the environment speak last.
  func setting(_ name: String, default standard: Bool = false) throws(GitError) -> Bool {
    let name = Setting.name(name)
    if let setting = environment.configuration.last(where: { $0.name == name }) {
      guard let value = setting.flag else {
        throw GitError(Setting.operation, .configuration("\(name) is set to '\(setting.value)', which is no switch"))
      }
      return value
    }
    return try ask { (backend) throws(GitError) in try backend.flag(name) } ?? standard
  }

  /// A path of the configuration, `~` expanded; `nil` when it is not set.
  func path(ofSetting name: String) throws(GitError) -> String? {
    let name = Setting.name(name)
    let stored = try ask { (backend) throws(GitError) in try backend.settings(startingWith: name) }
    return (stored + environment.configuration).last { $0.name == name }?.path(environment)
  }

  func isSparseCheckout() throws(GitError) -> Bool {
    if let knownSparseCheckout { return knownSparseCheckout }
    let isSparse = try setting("core.sparsecheckout")
    knownSparseCheckout = isSparse
    return isSparse
  }
}

extension Setting {
  /// See "boolean" in git-config(1).
  var flag: Bool? {
    switch value.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0", "": false
    default: Int(value).map { $0 != 0 }
    }
  }

  /// See "pathname" in git-config(1). The folder that git is installed in is not looked for.
  func path(_ environment: HookEnvironment) -> String? {
    guard value.hasPrefix("~") else { return value }
    let user = value.dropFirst().prefix { $0 != "/" }
    let home =
      user.isEmpty ? environment.value("HOME") : getpwnam(String(user)).map { String(cString: $0.pointee.pw_dir) }
    return home.map { $0 + value.dropFirst(1 + user.count) }
  }
}

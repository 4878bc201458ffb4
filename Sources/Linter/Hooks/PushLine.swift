/// A line by which git tells a hook of one reference that is pushed; see githooks(5).
enum PushLine {
  static func lines(_ text: String) -> [Substring] { text.split(whereSeparator: \.isNewline) }

  /// The hook that gets such a line; `nil` for any other text.
  static func stage(of line: Substring) -> HookStage? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    if words.count >= 4, isID(words[words.count - 3]), isID(words[words.count - 1]) { return .prePush }
    return words.count == 3 && isID(words[0]) && isID(words[1]) ? .preReceive : nil
  }

  /// Of pre-push: `local-name local-id remote-name remote-id`. The local name is as the user wrote it, so that it may have
  /// spaces, as in `HEAD@{1 day ago}`.
  static func pushed(_ line: Substring, to remote: String?) throws(RunError) -> Push {
    guard stage(of: line) == .prePush else { throw fault(line) }
    let words = line.split(separator: " ", omittingEmptySubsequences: false).suffix(3).map(String.init)
    return Push(ref: words[1], old: Push.old(words[2]), new: [words[0]], place: .author(remote: remote))
  }

  /// Of pre-receive: `old-id new-id name`.
  static func received(_ line: Substring) throws(RunError) -> Push {
    guard stage(of: line) == .preReceive else { throw fault(line) }
    let words = line.split(separator: " ").map(String.init)
    return Push(ref: words[2], old: Push.old(words[0]), new: [words[1]], place: .server)
  }

  private static func fault(_ line: Substring) -> RunError {
    RunError("read what is pushed", "standard input has the line '\(line)', which git does not write for this hook")
  }

  /// Digits of SHA-1 or SHA-256.
  private static func isID(_ word: Substring) -> Bool {
    (word.utf8.count == 40 || word.utf8.count == 64)
      && word.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }
}

/// The name that somebody who wrote a word probably meant.
enum ClosestName {
  /// The most similar of some names, if it differs in at most a third of the word's letters.
  static func to(_ word: String, among names: some Sequence<String>) -> String? {
    let nearest = names.map { (name: $0, distance: distance(word, $0)) }.min {
      ($0.distance, $0.name) < ($1.distance, $1.name)
    }
    return nearest.flatMap { $0.distance <= max(1, word.count / 3) ? $0.name : nil }
  }

  /// A question to the user, for the hint of an error.
  static func question(_ word: String, among names: some Sequence<String>) -> String? {
    to(word, among: names).map { "did you mean '\($0)'?" }
  }

  /// How many letters must be put in, taken out or replaced: the distance of Levenshtein. Case counts little.
  private static func distance(_ word: String, _ other: String) -> Int {
    let word = Array(word.lowercased())
    let other = Array(other.lowercased())
    var row = Array(0...other.count)
    for (number, letter) in word.enumerated() {
      var diagonal = row[0]
      row[0] = number + 1
      for index in other.indices {
        let replaced = diagonal + (letter == other[index] ? 0 : 1)
        diagonal = row[index + 1]
        row[index + 1] = min(replaced, row[index] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}

/// A number with its noun, in the singular or the plural: `1 error`, `2 errors`, `no errors`.
struct Count: CustomStringConvertible {
  let number: Int
  let noun: String

  init(_ number: Int, _ noun: String) {
    self.number = number
    self.noun = noun
  }

  var description: String {
    number == 1 ? "1 \(noun)" : number == 0 ? "no \(noun)s" : "\(number) \(noun)s"
  }
}

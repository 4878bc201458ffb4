/// How long something took, as people read it: `0.08 s`.
package struct Elapsed: CustomStringConvertible {
  let duration: Duration

  package init(_ duration: Duration) { self.duration = duration }

  package var description: String {
    let (seconds, attoseconds) = duration.components
    let hundredths = attoseconds / 10_000_000_000_000_000
    return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths) s"
  }
}

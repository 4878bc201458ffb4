import Deployment

/// A host that a text names, and how sure the text makes it that a host is meant.
struct HostToken: Hashable {
  /// In lower case; a hole of the text is a scalar of it.
  let host: String
  var port: Int?
  let form: Form
  /// What stands before `://`, in lower case.
  var scheme: String?
  /// The path behind the host, from its `/` on.
  var path: String?

  enum Form: Hashable {
    /// Behind `scheme://`.
    case url
    /// `host:port`, or the two as words one after the other.
    case hostAndPort
    /// The value of a word that means a host: `host=mysql`, `--db-host mysql`.
    case labelled
    /// The whole text but for a path, or an element of a list that is the whole text.
    case bare
  }

  /// Every token in a text; one word may give tokens of several forms.
  static func all(in text: String) -> [HostToken] {
    var scanner = HostScanner(text)
    return scanner.tokens()
  }

  /// The port, or the one that the scheme stands for.
  var effectivePort: Int? {
    if let port { return port }
    return switch scheme {
    case "http", "ws": 80
    case "https", "wss": 443
    default: nil
    }
  }
}

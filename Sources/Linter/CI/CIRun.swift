import Diagnostics

/// A run in a CI: whose it is, what has happened, and whether the change is a stranger's.
package struct CIRun: Sendable {
  package let service: Service
  package let occasion: Occasion
  /// Whether the change comes from a fork, so that its word on what to check may not count.
  package internal(set) var isFromFork: Bool

  /// The CIs whose variables are known.
  package enum Service: String, CaseIterable, Sendable {
    case github = "GitHub Actions"
    case gitlab = "GitLab CI"
    case bitbucket = "Bitbucket Pipelines"
    case azure = "Azure Pipelines"
    case buildkite = "Buildkite"
    case circle = "CircleCI"
    case jenkins = "Jenkins"
  }

  init(_ service: Service, _ occasion: Occasion, isFromFork: Bool = false) {
    self.service = service
    self.occasion = occasion
    self.isFromFork = isFromFork
  }

  /// From the variables of the process.
  package init(environment: [String: String]) throws(RunError) {
    let variables = CIVariables(environment)
    guard let service = Service(variables) else {
      throw RunError(
        "find the range of this CI", "no variable tells which CI it is", hint: "name a range: precede check A...B")
    }
    self =
      switch service {
      case .github: try RunError.wrapping { try .github(variables) }
      case .gitlab: .gitlab(variables)
      case .bitbucket: .bitbucket(variables)
      case .azure: .azure(variables)
      case .buildkite: .buildkite(variables)
      case .circle: .circle(variables)
      case .jenkins: .jenkins(variables)
      }
  }
}

extension CIRun.Service {
  /// Jenkins last: its address is also set where it starts another CI's programs.
  package init?(environment: [String: String]) { self.init(CIVariables(environment)) }

  fileprivate init?(_ variables: CIVariables) {
    if variables["GITHUB_ACTIONS"] == "true" {
      self = .github
    } else if variables["GITLAB_CI"] != nil {
      self = .gitlab
    } else if variables["BITBUCKET_BUILD_NUMBER"] != nil {
      self = .bitbucket
    } else if variables["TF_BUILD"] != nil {
      self = .azure
    } else if variables["BUILDKITE"] != nil {
      self = .buildkite
    } else if variables["CIRCLECI"] != nil {
      self = .circle
    } else if variables["JENKINS_URL"] != nil {
      self = .jenkins
    } else {
      return nil
    }
  }
}

/// The variables of a CI; one that is empty is not set.
struct CIVariables {
  private let values: [String: String]

  init(_ environment: [String: String]) { values = environment.filter { !$0.value.isEmpty } }

  subscript(name: String) -> String? { values[name] }
}

import Foundation
import Support
import Testing

/// The events that GitHub publishes as samples, where they lie beside the checkout. Their commits are in no repository of
/// ours, so that all there is to see is what would be fetched.
@Suite(.enabled(if: Project.shared != nil)) struct EventTests {
  @Test(arguments: [
    ("merge_group-checks_requested", "merge_group"), ("pull_request-opened", "pull_request"),
    ("pull_request-synchronize", "pull_request"), ("pull_request-synchronize", "pull_request_target"),
  ])
  func lacksTheCommits(of sample: String, event: String) throws {
    let (status, text) = try run(sample, event)
    #expect(status == 2, "\(text)")
    let ids = try #require(commits[sample])
    #expect(text.contains("run `git fetch --no-tags --depth=1 origin \(ids[0]) \(ids[1])`") == (event == "merge_group"))
    #expect(
      text.contains("run `git fetch --no-tags origin \(ids[0]) \(ids[1])`") == (event != "merge_group"), "\(text)")
  }

  /// The commit of a push is at least in the variable.
  @Test func takesANewDefaultBranchAsAWhole() throws {
    let (status, text) = try run("push-new-branch", "push")
    #expect(status == 0, "\(text)")
    #expect(text.contains("master is new"), "\(text)")
  }

  @Test func hasNothingToSayOfADeletedTag() throws {
    let (status, text) = try run("push", "push")
    #expect(status == 0, "\(text)")
    #expect(text.contains("nothing to check: tag simple-tag was deleted"), "\(text)")
  }

  @Test(arguments: ["schedule", "workflow_dispatch"]) func looksAtEverything(event: String) throws {
    let (status, text) = try run("merge_group-checks_requested", event, without: "merge_group")
    #expect(status == 0, "\(text)")
    #expect(text.contains("checking every template: the event \(event) has no range"), "\(text)")
  }

  private let commits = [
    "merge_group-checks_requested": [
      "380387fbc80638b734a49e1be1c4dfec1c01b33c", "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d",
    ],
    "pull_request-opened": ["f95f852bd8fca8fcc58a9a2d6c842781e32a215e", "ec26c3e57ca3a959ca5aad62de7213c562f8c821"],
    "pull_request-synchronize": [
      "f95f852bd8fca8fcc58a9a2d6c842781e32a215e", "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
    ],
  ]

  private func run(_ sample: String, _ event: String, without key: String? = nil) throws -> (Int32, String) {
    let file = try #require(Project.shared).appending(path: "schemas/github-events/\(sample).json")
    var payload = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    if let key { payload[key] = nil }
    let repository = try TemporaryRepository()
    try repository.write("services.yaml", "Resources: {Cluster: {Type: AWS::ECS::Cluster}}\n")
    let commit = try repository.commit("Add a cluster")
    let place = repository.surroundings + "/event.json"
    try JSONSerialization.data(withJSONObject: payload).write(to: URL(filePath: place))
    let outcome = try repository.run(
      "\"$PRECEDE\" check --ci",
      environment: [
        "PRECEDE": Project.command.path(percentEncoded: false), "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": place, "GITHUB_SHA": commit,
      ])
    return (outcome.status, outcome.text + outcome.error)
  }
}

import Testing

@testable import Linter

/// The second look at edits.
struct EditedResourceTests {
  @Test(arguments: [
    "Resources: {A: {Type: T, P: q, DependsOn: [C, B]}, B: {Type: T}}",
    "Resources: {A: {DependsOn: [B, C], Type: T, P: q}, B: {Type: T}}",
  ]) func letsOneResourceChange(after: String) {
    #expect(isOnlyChange(to: after))
  }

  @Test(arguments: [
    "Resources: {A: {Type: T, P: q, DependsOn: B}, B: {Type: T}}",
    "Resources: {A: {Type: T, P: r, DependsOn: [B, C]}, B: {Type: T}}",
    "Resources: {A: {Type: T, P: q, DependsOn: [C]}, B: {Type: T}}",
    "Resources: {A: {Type: T, P: q, DependsOn: [B, C]}, B: {Type: T, DependsOn: [B, C]}}",
    "Resources: {A: {Type: T, P: q, DependsOn: [B, C]}}",
    "Resources: {A: {Type: T, P: q, DependsOn: [B, C]}, B: {Type: T}, C: {Type: T}}",
    "Resources: {A: {Type: T, P: q, DependsOn: [B, C]}, B: {Type: T}}\nOutputs: {}",
    "Resources: {A: {Type: T, P: q, DependsOn: [B, C}, B: {Type: T}}", "",
  ]) func refusesAnythingElse(after: String) {
    #expect(!isOnlyChange(to: after))
  }

  private func isOnlyChange(to after: String) -> Bool {
    let before = "Resources: {A: {Type: T, P: q, DependsOn: B}, B: {Type: T}}"
    return EditedResource.isOnlyChange(from: Array(before.utf8), to: Array(after.utf8), "t.yaml")
  }
}

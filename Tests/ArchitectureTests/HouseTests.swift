import Testing

/// The rules of the house hold in this checkout.
@Suite struct HouseTests {
  @Test func everyTargetKeepsToItsWalls() throws { try expectNone(House.checkout.get().brokenWalls) }
  @Test func theWallsAreDocumented() throws { try expectNone(House.checkout.get().outdatedWalls) }
  @Test func everyFileLiesInItsRoom() throws { try expectNone(House.checkout.get().strayFiles) }
  @Test func everyNameSaysSomething() throws { try expectNone(House.checkout.get().namelessPlaces) }
  @Test func everyRuleStandsInTheListOnce() throws { try expectNone(House.checkout.get().unlistedRules) }
  @Test func everyRuleHasCasesForBothAnswers() throws {
    try expectNone(House.checkout.get().untestedRules)
  }
  @Test func everyCaseHasItsRuleAndItsText() throws { try expectNone(House.checkout.get().strayCases) }
  @Test func everyFileIsOneNoun() throws { try expectNone(House.checkout.get().longFiles) }
  @Test func nothingTraps() throws { try expectNone(House.checkout.get().trapDoors) }
  @Test func everyTypeSaysWhatItIs() throws { try expectNone(House.checkout.get().silentTypes) }

  private func expectNone(_ faults: [String]) { #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))") }
}

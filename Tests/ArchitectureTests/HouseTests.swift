import Testing

/// The rules of the house hold in this checkout.
@Suite struct HouseTests {
  @Test func everyTargetKeepsToItsWalls() throws { #expect(try House.checkout.get().brokenWalls == []) }
  @Test func theWallsAreDocumented() throws { #expect(try House.checkout.get().outdatedWalls == []) }
  @Test func everyFileLiesInItsRoom() throws { #expect(try House.checkout.get().strayFiles == []) }
  @Test func everyNameSaysSomething() throws { #expect(try House.checkout.get().namelessPlaces == []) }
  @Test func everyRuleStandsInTheListOnce() throws { #expect(try House.checkout.get().unlistedRules == []) }
  @Test func everyRuleHasCasesForBothAnswers() throws {
    #expect(try House.checkout.get().untestedRules == [])
  }
  @Test func everyCaseHasItsRuleAndItsText() throws { #expect(try House.checkout.get().strayCases == []) }
  @Test func everyFileIsOneNoun() throws { #expect(try House.checkout.get().longFiles == []) }
  @Test func nothingTraps() throws { #expect(try House.checkout.get().trapDoors == []) }
  @Test func everyTypeSaysWhatItIs() throws { #expect(try House.checkout.get().silentTypes == []) }
}

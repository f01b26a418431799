import CardRules
import Testing

struct DistributionKeyTests {
    private static let gent = MunicipalityID(high: 1, low: 1)
    private static let aalst = MunicipalityID(high: 1, low: 2)
    private static let start = Instant(microseconds: 0)

    /// `here`, `elsewhere` or `none` for the status; the age, `-` for a group; the municipality, `-` for elsewhere.
    private static func buyer(_ text: String) -> Buyer {
        let words = text.split(separator: " ").map(String.init)
        return Buyer(
            hasOpportunityHere: words[0] == "here", hasOpportunityAnywhere: words[0] != "none", age: Int(words[1]),
            municipality: ["gent": gent, "aalst": aalst][words[2]])
    }

    private static func conditions(_ text: String) throws -> PriceConditions {
        var conditions = PriceConditions()
        for word in text.split(separator: " ").map(String.init) {
            switch word {
            case "here": conditions.opportunity = .here
            case "any": conditions.opportunity = .anyCardSystem
            case "gent": conditions.municipalities.insert(gent)
            case let word where word.hasPrefix("<"): conditions.priceBelow = Int(word.dropFirst())
            case "18–25": conditions.ages = try AgeBand(from: 18, until: 25)
            default: break
            }
        }
        return conditions
    }

    @Test(arguments: [
        // conditions | buyer | regular price | those that fail
        "- | none 30 - | 1000 | ", "here | here 30 gent | 1000 | ", "here | elsewhere 30 - | 1000 | opportunityHere",
        "any | elsewhere 30 - | 1000 | ", "any | none 30 gent | 1000 | opportunityAnywhere",
        "<1000 | none 30 gent | 999 | ", "<1000 | none 30 gent | 1000 | priceBelow",
        "18–25 | none 18 gent | 1 | ", "18–25 | none 25 gent | 1 | ", "18–25 | none 26 gent | 1 | age",
        "18–25 | none 17 gent | 1 | age", "18–25 | here - gent | 1 | age", "gent | none 30 gent | 1 | ",
        "gent | none 30 aalst | 1 | municipality", "gent | none 30 - | 1 | municipality",
        "here <500 18–25 gent | none 30 - | 500 | opportunityHere priceBelow age municipality",
    ])
    func `R-130 R-131 R-132 all conditions of a key must hold, and each that does not is named`(row: String) throws {
        let tried = try Self.conditions(row.cells[0])
            .tried(Self.buyer(row.cells[1]), regularPrice: #require(Int(row.cells[2])))
        #expect(tried.filter { !$0.holds }.map(\.name.rawValue).joined(separator: " ") == row.cells[3])
    }

    private static func key(_ name: String, pays percent: Int, _ conditions: String = "", maximum: Int? = nil) throws
        -> DistributionKeyTerm
    {
        DistributionKeyTerm(
            id: ID(high: 2, low: 1), key: ID(high: 2, low: 2), name: name, validFrom: start, isAutomatic: false,
            discount: .percentPaid(percent), conditions: try self.conditions(conditions),
            maximumRegularPrice: maximum, shares: try PayerShares([.init(.organizer, weight: 1)]))
    }

    @Test func `R-133 a chosen key beats the counter's, that an automatic one, and the lowest price its equals`() throws
    {
        let buyer = Self.buyer("here 30 gent")
        let all = EventKeys(
            chosen: [try Self.key("b", pays: 50), try Self.key("a", pays: 50), try Self.key("c", pays: 60)],
            ofCounter: try Self.key("counter", pays: 20), automatic: [try Self.key("automatic", pays: 10)])
        #expect(all.best(for: buyer, regularPrice: 1000)?.name == "a")
        var some = all
        some.chosen = [try Self.key("dear", pays: 5, "<1000"), try Self.key("low", pays: 5, maximum: 999)]
        #expect(some.best(for: buyer, regularPrice: 1000)?.name == "counter")
        #expect(some.best(for: buyer, regularPrice: 999)?.name == "dear")
        some.ofCounter = try Self.key("elsewhere", pays: 1, "18–25")
        #expect(some.best(for: buyer, regularPrice: 1000)?.name == "automatic")
        some.automatic = []
        #expect(some.best(for: buyer, regularPrice: 1000) == nil)
    }
}

import CardRules
import Testing

struct TicketSaleCorrectionTests {
    private static let old = DistributionKeyTermID(high: 1, low: 1)
    private static let town = ID<Never>(high: 2, low: 2)

    private static func term(_ id: DistributionKeyTermID, below: Int? = nil) throws -> DistributionKeyTerm {
        DistributionKeyTerm(
            id: id, key: ID(high: 3, low: 3), name: "Right", validFrom: Instant(text: "2030-01-01T00:00:00Z")!,
            isAutomatic: false, discount: .percentPaid(50),
            conditions: PriceConditions(opportunity: .here, priceBelow: below), maximumRegularPrice: nil,
            shares: try PayerShares([.init(.partner, weight: 1), .init(.municipality, weight: 2)]))
    }

    private static func sale(
        _ status: TicketSaleStatus = .confirmed, term: DistributionKeyTermID? = old, isEntitled: Bool = true,
        parts: [PayerPart] = [PayerPart(.municipality, whom: town, cents: 800)]
    ) -> TicketSaleCorrection.Facts {
        TicketSaleCorrection.Facts(
            status: status, cardSystem: ID(high: 4, low: 4), organizer: ID(high: 5, low: 5), regularPrice: 1000,
            price: 200, term: term, parts: parts,
            buyer: Buyer(
                hasOpportunityHere: isEntitled, hasOpportunityAnywhere: isEntitled, age: 30,
                municipality: MunicipalityID(high: 9, low: 9)))
    }

    private static func kind(
        _ sale: TicketSaleCorrection.Facts, _ term: DistributionKeyTerm?
    ) -> RefusalKind? {
        if case .failure(let refusal) = TicketSaleCorrection.decide(sale, by: term) { refusal.kind } else { nil }
    }

    @Test func `S12 what was paid stays, and the rest goes by the weights of the key, to the town it went to`() throws {
        let new = try Self.term(ID(high: 1, low: 2))
        let correction = try TicketSaleCorrection.decide(Self.sale(), by: new).get()
        #expect(correction.term == new.id && correction.keyPrice == 500)
        #expect(
            correction.parts == [
                PayerPart(.partner, whom: nil, cents: 267), PayerPart(.municipality, whom: Self.town, cents: 533),
            ])
        let other = try TicketSaleCorrection.decide(Self.sale(.reserved, parts: []), by: new).get()
        #expect(other.parts[1].whom == ID(high: 9, low: 9), "where he lives, if it is not known from the sale")
    }

    @Test func `S12 R-132 what does not stand, does not fit or is so already is refused`() throws {
        let new = try Self.term(ID(high: 1, low: 2))
        #expect(Self.kind(Self.sale(.cancelled), new) == .ticketSaleNotFound)
        #expect(Self.kind(Self.sale(.lapsed), new) == .ticketSaleNotFound)
        #expect(Self.kind(Self.sale(term: nil), new) == .ticketSaleKeyNotFitting, "a coupon")
        #expect(Self.kind(Self.sale(), nil) == .ticketSaleKeyNotFitting, "the key was not there yet")
        #expect(Self.kind(Self.sale(isEntitled: false), new) == .ticketSaleKeyNotFitting)
        #expect(Self.kind(Self.sale(), try Self.term(new.id, below: 1000)) == .ticketSaleKeyNotFitting)
        let parts = try TicketSaleCorrection.decide(Self.sale(), by: new).get().parts
        #expect(Self.kind(Self.sale(term: new.id, parts: parts), new) == .ticketSaleSharesUnchanged)
        #expect(Self.kind(Self.sale(term: Self.old, parts: parts), new) == nil, "it has another key")
    }
}

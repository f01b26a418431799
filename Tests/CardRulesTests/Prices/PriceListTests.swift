import CardRules
import Testing

struct PriceListTests {
    private static let voucher = PassVoucherTypeID(high: 1, low: 1)
    private static let other = PassVoucherTypeID(high: 1, low: 2)

    /// A row or a pass: reason, card type, status, residence, age (a pass) or ages, voucher, price; `-` is whoever.
    private static func row(_ text: String) throws -> PriceRow {
        let words = text.split(separator: " ").map(String.init)
        let ages = words[4].split(separator: "–", omittingEmptySubsequences: false).map { Int($0) }
        return PriceRow(
            reason: try #require(PriceReason(rawValue: words[0])), cardType: CardType(rawValue: words[1]),
            hasOpportunity: ["status": true, "plain": false][words[2]],
            isResident: ["in": true, "out": false][words[3]],
            ages: words[4] == "-" ? .all : try AgeBand(from: ages[0], until: ages[1]),
            voucherType: ["v": voucher, "w": other][words[5]], price: try #require(Int(words[6])))
    }

    /// The sample list of the public contract, and a voucher that makes it free for children.
    private static func list() throws -> PriceList {
        PriceList(
            try [
                "firstCard - plain in 18– - 300", "firstCard - plain in –17 - 0", "firstCard - plain out 18– - 500",
                "firstCard - plain out –17 - 200", "firstCard - status - - - 100", "defect nfcCard - - - - 150",
                "firstCard - plain - - v 50", "defect - - - - v 200",
                "extraCard - - - - - 75", "extraCard - - - - v 75",
            ].map(row))
    }

    private static func pass(_ text: String) throws -> PricedPass {
        let words = text.split(separator: " ").map(String.init)
        return PricedPass(
            reason: try #require(PriceReason(rawValue: words[0])), cardType: try #require(CardType(rawValue: words[1])),
            hasOpportunity: words[2] == "status", isResident: words[3] == "in", age: try #require(Int(words[4])))
    }

    @Test(arguments: [
        // pass | cents without voucher | with
        "firstCard digital plain in 18 | 300 | 50", "firstCard digital plain in 17 | 0 | -",
        "firstCard nfcCard plain out 40 | 500 | 50", "firstCard nfcCard plain out 0 | 200 | 50",
        "firstCard nfcCard status in 40 | 100 | -", "defect nfcCard plain in 40 | 150 | -",
        "defect digital plain in 40 | - | 200", "lossOrTheft nfcCard plain in 40 | - | -",
        "extraCard digital plain in 40 | 75 | -",
    ])
    func `R-053 R-054 REG-17 a price is its row's, and a voucher that does not lower it is not used`(row: String) throws
    {
        let (list, pass) = (try Self.list(), try Self.pass(row.cells[0]))
        #expect(list.price(pass) == Int(row.cells[1]))
        #expect(list.price(pass, with: Self.voucher) == Int(row.cells[2]))
        #expect(list.price(pass, with: Self.other) == nil)
        #expect(list.reasons == [])
    }

    @Test func `R-041 without a list passes are free, without a fitting row the price is not known`() throws {
        let pass = try Self.pass("removal digital plain in 40")
        #expect(PriceList([]).price(pass) == 0)
        #expect(try Self.list().price(pass) == nil)
    }

    @Test(arguments: [
        ("firstCard - - - - - 1", "defect - - - - - 1", false),
        ("firstCard - - - - - 1", "firstCard - - - - v 1", false),
        ("firstCard - - - - v 1", "firstCard - - - - w 1", false),
        ("firstCard nfcCard - - - - 1", "firstCard digital - - - - 1", false),
        ("firstCard nfcCard - - - - 1", "firstCard - status - - - 1", true),
        ("firstCard - status - - - 1", "firstCard - plain - - - 1", false),
        ("firstCard - - in - - 1", "firstCard - - out - - 1", false),
        ("firstCard - - in - - 1", "firstCard - - - 3–4 - 1", true),
        ("firstCard - - - –17 - 1", "firstCard - - - 18– - 1", false),
        ("firstCard - - - –18 - 1", "firstCard - - - 18– - 1", true),
        ("firstCard - - - 5–9 - 1", "firstCard - - - 1–4 - 1", false),
    ])
    func `R-052 rows that are for the same pass overlap, ages with both ends`(
        first: String, second: String, overlaps: Bool
    ) throws {
        let rows = try [first, second].map(Self.row)
        for (rows, at) in [(rows, 1), (Array(rows.reversed()), 1)] {
            let expected = overlaps ? ["price.rowOverlaps /rows/\(at) row=0"] : []
            #expect(PriceList(rows).reasons.map(\.line) == expected)
        }
    }

    @Test(arguments: [(18, 18), (19, 18)])
    func `R-052 an age band begins before it ends`(from: Int, until: Int) {
        #expect(throws: Malformed.self) { try AgeBand(from: from, until: until) }
    }

    @Test(arguments: [
        // voucher | where it is | lives where it counts | today | price | reasons
        "issued | here | yes | 2026-05-01 | 50 | ", "issued | here | yes | 2026-06-30 | 50 | ",
        "issued | here | yes | 2026-04-30 | 300 | passVoucher.notValidNow",
        "issued | here | yes | 2026-07-01 | 300 | passVoucher.notValidNow",
        "used | here | yes | 2026-05-01 | 300 | passVoucher.used",
        "void | here | yes | 2026-05-01 | 300 | passVoucher.void",
        "issued | there | yes | 2026-05-01 | 300 | passVoucher.otherCardSystem",
        "issued | here | no | 2026-05-01 | 300 | passVoucher.otherMunicipality",
        """
        used | there | no | 2026-05-01 | 300 | passVoucher.used passVoucher.otherCardSystem \
        passVoucher.otherMunicipality
        """,
        "none | here | yes | 2026-05-01 | 300 | passVoucher.unknown",
    ])
    func `R-039 R-041 a voucher that cannot be used leaves the unreduced price, and says why`(row: String) throws {
        let cells = row.cells
        let here = CardSystemID(high: 2, low: 1)
        let voucher = PassVoucher.Status(rawValue: cells[0]).map {
            PassVoucher(
                type: Self.voucher, status: $0, cardSystem: cells[1] == "here" ? here : CardSystemID(high: 2, low: 2),
                validFrom: CivilDate(text: "2026-05-01"), validUntil: CivilDate(text: "2026-06-30"))
        }
        let facts = PassPriceFacts(
            list: try Self.list(), cardSystem: here, namesVoucher: true, voucher: voucher,
            livesWhereVoucherCounts: cells[2] == "yes")
        let price = PassPrice(
            try Self.pass("firstCard digital plain in 40"), facts, today: try #require(CivilDate(text: cells[3])))
        #expect(price.price == Int(cells[4]) && price.unreduced == 300)
        #expect(price.reasons.map(\.kind.rawValue).joined(separator: " ") == cells[5])
    }

    @Test func `R-041 a sale needs a price, and the one that was told`() throws {
        let pass = try Self.pass("firstCard digital plain in 40")
        let price = PassPrice(
            pass, PassPriceFacts(list: try Self.list(), cardSystem: CardSystemID(high: 2, low: 1)), today: .day)
        #expect(price.reasonsAgainstSale(expected: nil) == [] && price.reasonsAgainstSale(expected: 300) == [])
        #expect(
            price.reasonsAgainstSale(expected: 299).map(\.line) == ["price.changed /expectedPriceCents priceCents=300"])
        let unknown = PassPrice(
            try Self.pass("removal digital plain in 40"),
            PassPriceFacts(list: try Self.list(), cardSystem: CardSystemID(high: 2, low: 1)), today: .day)
        #expect(unknown.reasonsAgainstSale(expected: 5).map(\.line) == ["price.unknown"])
    }
}

extension CivilDate {
    fileprivate static let day = CivilDate(text: "2026-05-01")!
}

import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What the tests of tickets begin with: an event of the library that costs 10 euros, students 5; a key by which a
/// holder pays 20 per cent, the rest shared by organizer and municipality; statuses of some holders.
extension Scene {
    static let concert = SceneData.event(2)
    static let eeklo: MunicipalityID = ID(high: 0x0000_000C_0000_7000, low: 0x8000_0000_0000_0001)

    /// - Parameter limit: Of the event, for one holder.
    func ticketWorld(limit: JSON = nil, entitled holders: [Int] = [1, 2, 3]) async throws {
        try await sql(
            """
            insert into municipality (id, card_system_id, name) values (\(Self.eeklo), \(SceneData.here), 'Eeklo')
            """,
            """
            insert into municipality_postal_code (card_system_id, municipality_id, postal_code)
            values (\(SceneData.here), \(Self.eeklo), '9900')
            """)
        try await key(1, in: SceneData.here, pays: 20)
        for holder in holders { try await entitle(holder) }
        try await concert(Self.concert, limit: limit)
    }

    /// An event with prices.
    func concert(
        _ event: EventID, of place: SceneData.Place = .library, prices: [String: Int] = ["Basis": 10, "Student": 5],
        limit: JSON = nil
    ) async throws {
        let number = Int(event.low & 0xFFFF)
        let list = prices.sorted { $0.value > $1.value }.map { name, euros -> JSON in
            [
                "category": .string(name == "Basis" ? "base" : "tariff"), "name": ["nl": .string(name)],
                "priceCurrency": "EUR", "price": .integer(Int64(euros)),
            ]
        }
        let document = SceneDocuments.event(number, of: place.organizer, name: ["nl": "Concert"], SceneDocuments.always)
        try await ok(
            peer(.operating), "event.import", ["documents": [document.merged(with: ["priceInfo": .array(list)])]])
        if !limit.isNull {
            try await ok(
                peer(.operating), "event.setSettings",
                ["eventId": .string(event.text), "checkInPoints": 1, "ticketLimit": limit])
        }
    }

    /// An automatic key of a card system: what the holder does not pay is shared half and half.
    func key(_ number: Int, in cardSystem: CardSystemID, pays percent: Int, maximum: Int? = nil) async throws {
        let id: DistributionKeyID = ID(high: 0x0000_000D_0000_7000, low: 0x8000_0000_0000_0000 | UInt64(number))
        let term: DistributionKeyTermID = ID(high: 0x0000_000E_0000_7000, low: id.low)
        try await sql(
            """
            insert into distribution_key (id, card_system_id, name)
            values (\(id), \(cardSystem), \("Key \(number)"))
            """,
            """
            insert into distribution_key_term (id, card_system_id, distribution_key_id, valid_from, recorded_at,
                is_automatic, discount_kind, discount_value, opportunity, payers, payer_weights,
                maximum_regular_price_cents)
            values (\(term), \(cardSystem), \(id), \(SceneData.start - .days(400)), \(SceneData.start), true,
                'percentPaid', \(percent), 'here', '{organizer,municipality}', '{1,1}', \(maximum))
            """)
    }

    func entitle(_ holder: Int, until end: CivilDate = CivilDate(year: 2031, month: 4, day: 30)!) async throws {
        try await sql("update membership set opportunity_end_date = \(end) where holder_id = \(Holder(holder).id)")
    }

    /// A coupon for everybody of the card system here, by which two euros are taken off: `COUPON_<number>`. Its
    /// limits are written as `5/day`.
    @discardableResult
    func plainCoupon(
        holder: String? = nil, event: String? = nil, total: String? = nil, budget: Int? = nil,
        until end: CivilDate? = nil, off cents: Int = 200
    ) async throws -> String {
        func limit(_ text: String?) -> (volume: Int?, period: String?) {
            let parts = text?.split(separator: "/").map(String.init)
            return (parts.flatMap { Int($0[0]) }, parts?[1])
        }
        let (holder, event, total) = (limit(holder), limit(event), limit(total))
        let id: CouponID = ID(at: now)
        try await sql(
            """
            insert into coupon (id, card_system_id, name, discount_kind, discount_value, payers, payer_weights,
                is_for_everyone, valid_from, valid_until, holder_limit_volume, holder_limit_period,
                event_limit_volume, event_limit_period, total_limit_volume, total_limit_period, budget_cents,
                created_at)
            values (\(id), \(SceneData.here), 'Zomer', 'amountOff', \(cents), '{cardSystem}', '{1}', true,
                '2030-01-01', \(end), \(holder.volume), \(holder.period), \(event.volume), \(event.period),
                \(total.volume), \(total.period), \(budget), \(SceneData.start))
            """)
        return "COUPON_\(try await value("select number from coupon where id = \(id)") as Int)"
    }

    // MARK: Calls

    static func item(
        _ card: String, _ more: JSON = [:], for event: EventID = concert, tariff: String = "OPPORTUNITY"
    ) -> JSON {
        let plain: JSON = [
            "cardNumber": .string(card), "eventId": .string(event.text), "tariffId": .string(tariff),
        ]
        return plain.merged(with: more["priceClass"] == nil ? ["regularPriceCents": 1000] : [:]).merged(with: more)
    }

    static func item(
        _ holder: Int, _ more: JSON = [:], for event: EventID = concert, tariff: String = "OPPORTUNITY"
    ) -> JSON {
        item(Holder(holder).number, more, for: event, tariff: tariff)
    }

    func sell(_ peer: Peer, _ items: JSON..., key: String? = nil) async -> Result<JSON, RPCError> {
        await call(peer, "ticketSale.register", ["tickets": .array(items)], key: key)
    }

    func reserve(_ peer: Peer, _ items: JSON...) async -> Result<JSON, RPCError> {
        await call(peer, "ticketSale.reserve", ["tickets": .array(items)])
    }

    func tariffs(_ peer: Peer, _ card: String, _ more: JSON = [:], event: EventID = concert) async
        -> Result<JSON, RPCError>
    {
        let plain: JSON = ["eventId": .string(event.text), "cardNumber": .string(card)]
        return await call(peer, "tariff.compute", plain.merged(with: more))
    }

    /// What is offered for the first price: names and cents.
    static func offers(_ answer: JSON, price: Int = 0) -> String {
        (answer["prices"]?.array?[price]["available"]?.array ?? []).map {
            "\($0["tariffId"]!.string!) \($0["priceCents"]!.integer!)"
        }.joined(separator: ",")
    }

    static func messages(_ answer: JSON, price: Int = 0) -> [String] {
        (answer["prices"]?.array?[price]["messages"]?.array ?? []).map { $0["text", "en"].string ?? "" }
    }

    /// What is left of the group's year.
    func groupTickets() async throws -> Int {
        try await value(
            """
            select coalesce((select remaining from group_allowance where group_pass_id = \(SceneData.group)
                and year = 2030), 20)
            """)
    }

    /// What is owed to the library's counter, in cents.
    func owed() async throws -> Int {
        try await value(
            """
            select coalesce(sum(case when a.id = t.credit_account_id then t.amount else -t.amount end), 0)::bigint
            from ledger_account a join transfer t on a.id in (t.credit_account_id, t.debit_account_id)
            where a.kind = 'settlement.receivable' and a.owner_id = \(SceneData.Place.library.counter)
            """)
    }
}

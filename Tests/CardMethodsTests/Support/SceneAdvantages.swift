import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

/// Advantages as rows, and the steps of those who take them.
extension Scene {
    static func advantage(_ number: Int) -> AdvantageID {
        ID(high: 0x0000_000C_0000_7000, low: 0x8000_0000_0000_0000 | UInt64(number))
    }

    /// An advantage for everybody, of the library's card system: five points, or a welcome.
    ///
    /// - Parameter columns: What is otherwise, such as `units = 1`.
    @discardableResult
    func advantage(
        _ number: Int = 1, _ type: AdvantageType = .exchange, of cardSystem: CardSystemID = SceneData.here,
        with columns: SQL = "points = points"
    ) async throws -> AdvantageID {
        let id = Self.advantage(number)
        let isWelcome = type == .welcome
        try await sql(
            """
            insert into advantage (id, card_system_id, type, title, title_key, promotional_text, published_from, points,
                categories, more_info_url, holder_limit_volume, holder_limit_period, all_card_systems, entered_at)
            values (\(id), \(cardSystem), \(type.rawValue), '{"main": "nl", "nl": "Drankje"}', 'drankje',
                '{"main": "nl", "nl": "Iets fris"}', '2030-01-01', \(isWelcome ? 0 : 5),
                \(isWelcome ? [] : ["foodAndDrink"]), \(isWelcome ? nil : "https://a.example" as String?),
                \(isWelcome ? 1 : nil as Int?), \(isWelcome ? "absolute" : nil as String?), true,
                \(SceneData.start))
            """, "update advantage set \(fragment: columns) where id = \(id)")
        return id
    }

    /// Codes of an advantage.
    func codes(_ codes: [String], for advantage: AdvantageID) async throws {
        try await sql(
            """
            insert into advantage_code (id, card_system_id, advantage_id, code, added_at)
            select \(ID<Never>(at: now))::uuid, a.card_system_id, a.id, \(codes[0]), \(now)
            from advantage a where a.id = \(advantage)
            """,
            "update advantage set codes_added = codes_added + 1, codes_left = codes_left + 1 where id = \(advantage)")
        if codes.count > 1 { try await self.codes(Array(codes.dropFirst()), for: advantage) }
    }

    /// Gives somebody points.
    func give(_ points: Int, _ holder: Holder) async throws {
        let posting = try Posting(
            debit: PointsAccount.issued.platformAccount!, credit: holder.account, amount: points, unit: .point)
        try await ledger { transaction, note in
            _ = try LedgerWriter.post(
                TransferGroup(id: ID(at: note.recordedAt), postings: [posting]), note, in: transaction)
        }
    }

    func redeem(
        _ peer: Peer, _ holder: Holder, _ advantage: AdvantageID = Scene.advantage(1), key: String? = nil
    ) async -> Result<JSON, RPCError> {
        await call(
            peer, "advantage.redeem",
            ["advantageId": .string(advantage.text), "cardNumber": .string(holder.number)], key: key)
    }

    /// Units, codes left and what is counted in the period of the limit over all holders.
    func stock(_ advantage: AdvantageID = Scene.advantage(1)) async throws -> [Int] {
        try await owner.transaction { transaction in
            let row = try transaction.query(
                """
                select a.units_taken, a.codes_left, coalesce((select used from advantage_use u
                    where u.advantage_id = a.id order by period_start desc limit 1), 0)
                from advantage a where a.id = \(advantage)
                """)[0]
            return [try row[0], try row[1], try row[2]]
        }
    }
}

import CardRules
import Postgres

/// New cards of plastic that come into a card system.
struct CardDelivery {
    let cardSystem: CardSystemID
    let status: StockStatus
    let cards: [NewCard]
    let batch: BatchParams?

    /// Brings all of them in or refuses, naming each that cannot come in (NUM-11).
    ///
    /// - Parameter pointer: The parameter that names a card, by its place.
    /// - Returns: Their ids, in their order.
    @discardableResult
    func bring(in call: Call, pointer: (Int) -> String) throws -> [CardID] {
        try call.requireCardSystem(cardSystem)
        try call.require(call.serves(cardSystem))
        call.audit.cardSystem = cardSystem
        let reasons = try call.reasonsAgainst(cards)
        try reasons.enumerated().flatMap { index, reasons in
            reasons.map { reason in
                var named = reason
                named.pointer = pointer(index) + (reason.pointer ?? "")
                return named
            }
        }.refuse()
        return try write(in: call)
    }

    /// Writes cards against which there is nothing.
    ///
    /// - Returns: Their ids, in their order.
    func write(in call: Call) throws -> [CardID] {
        call.audit.tell(cards: cards.count, are: status.rawValue)
        let batch = try self.batch.map { try id(of: $0, in: call) }
        if let batch { call.audit.object(batch) }
        let ids: [CardID] = cards.map { _ in call.newID() }
        try call.transaction.execute(
            call.bringing(
                status.step,
                by: """
                    insert into card (id, card_system_id, number, chip_number, type, status, batch_id, changed_at)
                    select item.id, \(cardSystem), item.number, item.chip, \(CardType.nfcCard), \(status), \(batch),
                        \(call.now)
                    from unnest(\(ids), \(cards.map(\.number)), \(cards.map(\.chip))) as item (id, number, chip)
                    """, counter: .ofCard))
        return ids
    }

    /// The batch of that name; another call may be making it at the same moment.
    private func id(of batch: BatchParams, in call: Call) throws -> StockBatchID {
        let deliveredAt = status == .stock ? call.now : nil
        let row = try call.transaction.query(
            """
            insert into stock_batch as b (id, card_system_id, name, supplier, delivered_at, created_at)
            values (\(call.newID() as StockBatchID), \(cardSystem), \(batch.name), \(batch.supplier), \(deliveredAt),
                \(call.now))
            on conflict (card_system_id, name) do update
                set delivered_at = coalesce(excluded.delivered_at, b.delivered_at), version = b.version + 1
            returning b.id
            """)[0]
        return try row[0]
    }
}

extension Call {
    /// NUM-11: what is against each of these new cards, compared with all that there are.
    func reasonsAgainst(_ cards: [NewCard]) throws -> [[Reason]] {
        let taken = try acrossCardSystems {
            try transaction.query(
                """
                select number, chip_number from card
                where number = any (\(cards.map(\.number))) or chip_number = any (\(cards.compactMap(\.chip)))
                """)
        }
        return StockRules.check(
            cards, existingNumbers: Set(try taken.map { try $0[0] }),
            existingChips: Set(try taken.compactMap { try $0[1] as ChipNumber? }))
    }
}

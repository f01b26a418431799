import CardRules
import JSONRPC
import Postgres

/// A card as the staff of its card system see it.
struct CardRecord: ResultRecord {
    let id: CardID
    let cardSystem: CardSystemID
    let number: CardNumber
    let chip: ChipNumber?
    let type: CardType
    let status: CardStatus
    let isGroupPass: Bool
    let counter: CounterID?
    let holder: PassHolderID?
    let batch: StockBatchID?
    let changedAt: Instant
    let version: Int

    static let fields: [ResultField<CardRecord>] = [
        .init("id", "The card.") { $0.id },
        .init("cardSystemId", "Whose card it is.") { $0.cardSystem },
        .init("cardNumber", "The 13 digits on it.") { $0.number },
        .init("chipNumber", "What its chip tells a reader; absent without chip.") { $0.chip },
        .init("cardType", "What it is made of.") { $0.type },
        .init("status", "Where it is in its life.") { $0.status },
        .init("isOpportunityCard", "It was made for somebody with an opportunity status (R-004).") {
            $0.number.isOpportunity
        },
        .init("isGroupPass", "It is a group's, not a person's.") { $0.isGroupPass },
        .init("counterId", "The counter that it was handed over to.") { $0.counter },
        .init("passHolderId", "Whose it is now.") { $0.holder },
        .init("batchId", "The batch with which it came.") { $0.batch },
        .init("changedAt", "Since when it has this status.") { $0.changedAt },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let columns: SQL = """
        c.id, c.card_system_id, c.number, c.chip_number, c.type, c.status, c.is_group_pass, c.counter_id, c.holder_id,
        c.batch_id, c.changed_at, c.version
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        number = try row["number"]
        chip = try row["chip_number"]
        type = try row["type"]
        status = try row["status"]
        isGroupPass = try row["is_group_pass"]
        counter = try row["counter_id"]
        holder = try row["holder_id"]
        batch = try row["batch_id"]
        changedAt = try row["changed_at"]
        version = try row["version"]
    }

    var own: OwnCard { OwnCard(cardSystem: cardSystem, number: number, status: status) }

    var facts: CardFacts { CardFacts(status: status, cardSystem: cardSystem, counter: counter) }
}

extension Call {
    /// A card by its number, locked unless the call only reads; `nil` if no card of the caller's card systems has it.
    func lockedCard(_ number: CardNumber) throws -> CardRecord? {
        let lock: SQL = transaction.onlyReads ? "" : "for update"
        let row = try transaction.first(
            "select \(fragment: CardRecord.columns) from card c where c.number = \(number) \(fragment: lock)")
        return try row.map(CardRecord.init)
    }

    /// A card as it is now.
    func card(_ id: CardID) throws -> CardRecord {
        try CardRecord(
            row: transaction.query("select \(fragment: CardRecord.columns) from card c where c.id = \(id)")[0])
    }

    /// Cards that a list may show: all of the card systems that the caller administers, and those handed over to his
    /// counter.
    var cardsInReach: SQL {
        if scope.isOperator { return "true" }
        let administered = scope.administered.sorted()
        return """
            (c.card_system_id = any (\(administered))
                or c.card_system_id = any (\(scope.atCounter.sorted())) and c.counter_id = \(caller.counter?.id))
            """
    }
}

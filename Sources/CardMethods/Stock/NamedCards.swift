import CardRules
import JSONRPC
import Postgres

/// Cards that take a step together, locked until the transaction ends. They are all of one card system, so that one
/// audit trail tells of them.
struct NamedCards {
    let cardSystem: CardSystemID
    private let selection: CardSelection
    private let groups: [Group]

    /// Cards of which the same is known: one, if cards are named one by one.
    private struct Group {
        let facts: CardFacts
        let count: Int
        let number: CardNumber
        let pointer: String

        init(row: Row, pointer: String) throws {
            facts = CardFacts(
                status: try row["status"], cardSystem: try row["card_system_id"], counter: try row["counter_id"])
            count = try row["count"]
            number = try row["number"]
            self.pointer = pointer
        }
    }

    /// Refuses numbers that no card of the caller's card systems has. A number that is named twice counts once.
    init(_ selection: CardSelection, in call: Call) throws {
        var groups: [Group]
        var reasons: [Reason] = []
        if case .numbers(let numbers) = selection.cards {
            (groups, reasons) = try Self.named(numbers, selection, in: call)
        } else {
            groups = try Self.grouped(selection, in: call)
            if groups.isEmpty { reasons = [try Self.reasonForNone(selection, in: call)] }
        }
        let cardSystem = groups.first?.facts.cardSystem
        for group in groups where group.facts.cardSystem != cardSystem {
            reasons.append(Reason(.cardOtherCardSystem, at: group.pointer))
        }
        if let cardSystem { try call.require(call.serves(cardSystem)) }
        try reasons.refuse()
        guard let cardSystem else { throw Refusal(.cardNotFound, at: selection.pointer) }
        (self.cardSystem, self.selection, self.groups) = (cardSystem, selection, groups)
        call.audit.cardSystem = cardSystem
    }

    private static func named(
        _ numbers: [CardNumber], _ selection: CardSelection, in call: Call
    ) throws -> ([Group], [Reason]) {
        let rows = try call.transaction.query(
            """
            select c.number, c.card_system_id, c.status, c.counter_id, 1::bigint as count from card c
            where \(fragment: selection.condition) order by c.id for update
            """)
        var found = Dictionary(uniqueKeysWithValues: try rows.map { (try $0["number"] as CardNumber, $0) })
        var seen = Set<CardNumber>()
        var (groups, reasons): ([Group], [Reason]) = ([], [])
        for (index, number) in numbers.enumerated() where seen.insert(number).inserted {
            let pointer = "\(selection.pointer)/\(index)"
            if let row = found.removeValue(forKey: number) {
                groups.append(try Group(row: row, pointer: pointer))
            } else {
                reasons.append(Reason(.cardNotFound, at: pointer))
            }
        }
        return (groups, reasons)
    }

    /// However many there are, they are counted by where they are.
    private static func grouped(_ selection: CardSelection, in call: Call) throws -> [Group] {
        try call.transaction.query(
            """
            with named as (
                select c.number, c.card_system_id, c.status, c.counter_id from card c
                where \(fragment: selection.condition) order by c.id for update)
            select card_system_id, status, counter_id, count(*) as count, min(number) as number
            from named group by 1, 2, 3 order by 5
            """
        ).map { try Group(row: $0, pointer: selection.pointer) }
    }

    private static func reasonForNone(_ selection: CardSelection, in call: Call) throws -> Reason {
        guard case .batch(let batch) = selection.cards else { return Reason(.cardNotFound, at: selection.pointer) }
        let known = try call.transaction.first(
            "select from stock_batch where id = \(batch) and \(fragment: call.serves(column: "card_system_id"))"
        )
        return Reason(known == nil ? .stockBatchNotFound : .cardNotFound, at: selection.pointer)
    }

    /// Takes the step with all of them, or refuses with everything that is against it. Of a batch only those are meant
    /// that stand where the step begins.
    ///
    /// - Parameters:
    ///   - counter: The acting counter, if the step is bound to one; see `CardFacts`.
    ///   - changes: What else changes, such as `counter_id = …`.
    ///   - others: What else is against it.
    func take(
        _ step: CardStep, at counter: CounterID? = nil, changing changes: SQL? = nil, reason: String? = nil,
        unless others: [Reason] = [], in call: Call
    ) throws -> CardsCounted {
        var meant = groups
        if case .batch = selection.cards, groups.contains(where: { step.from.contains($0.facts.status) }) {
            meant = groups.filter { step.from.contains($0.facts.status) }
        }
        let reasons = meant.flatMap { group in
            group.facts.reasons(against: step, at: counter, pointer: group.pointer).map { reason in
                guard group.pointer == selection.pointer else { return reason }
                var reason = reason
                reason.details += [
                    .init("cardNumber", .text(group.number.text)), .init("count", .number(group.count)),
                ]
                return reason
            }
        }
        try (others + reasons).refuse()
        let count = meant.reduce(0) { $0 + $1.count }
        call.audit.tell(cards: count, are: step.to.rawValue)
        if case .batch(let batch) = selection.cards { call.audit.told.append(("batchId", .string(batch.text))) }
        try call.transaction.execute(
            call.taking(
                step, with: "\(fragment: selection.condition) and c.status = any (\(Array(step.from)))",
                changing: changes, counter: .ofCard, reason: reason))
        return CardsCounted(count: count)
    }
}

extension CardSelection {
    /// Writes down that cards of batches came.
    func markDelivered(in call: Call) throws {
        try call.transaction.execute(
            """
            update stock_batch set delivered_at = \(call.now), version = version + 1
            where id in (select c.batch_id from card c where \(fragment: condition))
            """)
    }
}

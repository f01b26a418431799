import CardRules
import JSONRPC
import Postgres

enum CheckInStatus: Method {
    static let declaration = Declaration(
        "checkIn.status", .reads, by: .staff(.checkInWrite),
        "Asks whether a check-in would be allowed now; changes nothing (CHK-06).",
        details: "Unknown event or card are refused; everything else is in the answer.",
        refusals: [.eventNotFound, .cardNotFound])

    struct Result: ResultRecord {
        let refusal: Refusal?
        let points: Int?

        static let fields: [ResultField<Result>] = [
            .init("allowed", "Whether the card could be checked in now.") { $0.refusal == nil },
            .init("newPoints", "What it would give, in points.") { $0.points },
            .init("reasons", "Everything that is against it.") { ($0.refusal?.reasons ?? []).map(ReasonView.init) },
        ]
    }

    static func run(_ params: CheckInCreate.Params, in call: Call) throws -> Result {
        let row = try call.transaction.first("\(fragment: EventRecord.select) where e.id = \(params.event)")
        guard let row else { throw Refusal(.eventNotFound, at: "/eventId") }
        let event = try call.services.directory.event(params.event) ?? Self.unmargined(row)
        let period = event.facts.checkInLimit?.period(containing: call.now).start
        let facts = try call.acrossCardSystems {
            try call.transaction.query(
                CheckInStatements.facts(
                    chips: [params.card.chip?.text], numbers: [params.card.number?.text], events: [params.event],
                    periods: [period], pillars: [nil]))[0]
        }
        var item = CheckInItem(event, params.card, at: call.now)
        try item.take(facts)
        guard let card = item.card else { throw Refusal(.cardNotFound, at: params.card.pointer) }
        switch CheckInRules.decide(card.facts(event.facts, item.eventReasons), at: call.now) {
        case .success(let decision): return Result(refusal: nil, points: decision.points)
        case .failure(let refusal): return Result(refusal: refusal, points: nil)
        }
    }

    private static func unmargined(_ row: Row) throws -> DirectoryState.EventEntry {
        let record = try EventRecord(row: row)
        return DirectoryState.EventEntry(facts: record.facts, checkInCode: record.checkInCode)
    }
}

extension CheckInItem.Card {
    /// What the rules need, with the holder as the database has him.
    func facts(_ event: EventFacts, _ reasons: [Reason]) -> CheckInFacts {
        CheckInFacts(
            cardStatus: status, isGroupPass: isGroupPass,
            holder: holder.map {
                CheckInFacts.Holder(
                    isBlocked: $0.isBlocked, hasActiveMembership: $0.isMember, usedInPeriod: used, nextSlot: nextSlot,
                    balance: $0.balance, pointsOwed: $0.owed)
            }, limit: event.checkInLimit, eventPoints: event.checkInPoints, eventReasons: reasons)
    }
}

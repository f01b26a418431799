import CardRules
import JSONRPC
import Postgres

enum AdvantageRedeemStatus: Method {
    static let declaration = Declaration(
        "advantage.redeemStatus", .reads, by: [.counter(.advantageRedeem)],
        "Asks whether an advantage could be taken now at the chosen counter; changes nothing (ADV-11).",
        details: "Unknown advantage or card are refused; everything else is in the answer. With `extraPoints` it tells "
            + "what if the holder had so many more (R-150).",
        refusals: [.advantageNotFound, .cardNotFound])

    struct Params: Parameters {
        let redeem: AdvantageRedeem.Params
        let extraPoints: Int

        init(from reader: inout ParameterReader) {
            redeem = AdvantageRedeem.Params(from: &reader)
            extraPoints = reader.extraPoints()
        }
    }

    typealias Result = RedeemStatus

    static func run(_ params: Params, in call: Call) throws -> Result {
        guard let counter = call.caller.counter?.id else { throw RPCError(.permissionMissing) }
        let here = call.scope.atCounter
        let look = try RedemptionLook(
            RedemptionRequest(
                advantage: params.redeem.advantage, taker: .card(params.redeem.card.name),
                place: .counter(counter, cardSystems: here)),
            at: call.now, in: call)
        return try look.status(knownIn: here, at: call.now, extraPoints: params.extraPoints)
    }
}

/// Whether an advantage could be taken now.
struct RedeemStatus: ResultRecord {
    let points: Int
    let totalPoints: Int?
    let reasons: [Reason]

    static let fields: [ResultField<RedeemStatus>] = [
        .init("allowed", "Whether it could be taken now.") { $0.reasons.isEmpty },
        .init("points", "What it costs, in points.") { $0.points },
        .init("totalPoints", "The holder's balance now, in points; absent for a card of nobody.") { $0.totalPoints },
        .init("reasons", "Everything that is against it.") { $0.reasons.map(ReasonView.init) },
    ]
}

/// The facts of one redemption, without a batch.
struct RedemptionLook {
    let entry: AdvantageEntry?
    private(set) var item: RedemptionItem

    /// - Parameter instant: When it would be taken: its limits are those of the periods that this lies in.
    init(_ request: RedemptionRequest, at instant: Instant, in call: Call) throws {
        var item = RedemptionItem(request)
        let periods = Periods(containing: instant)
        (entry, self.item) = try call.acrossCardSystems {
            let results = try call.transaction.run([
                RedemptionStatements.advantages([item.advantage], periods),
                RedemptionStatements.facts(
                    chips: [item.chip], numbers: [item.number], holders: [item.holderID],
                    advantages: [item.advantage], periods),
            ])
            try item.take(results[1][0])
            return (try results[0].first.map { try AdvantageEntry(row: $0) }, item)
        }
    }

    func facts(of entry: AdvantageEntry) -> RedemptionFacts {
        RedemptionFacts(
            advantage: entry.terms, stock: entry.stock, place: item.place, card: item.card?.facts,
            holder: item.holder?.facts)
    }

    /// ADV-11: unknown advantages and people are refused, everything else is told.
    ///
    /// - Parameter cardSystems: Of whoever asks: another's advantage that is not active is not known to him.
    func status(
        knownIn cardSystems: Set<CardSystemID>, at instant: Instant, extraPoints: Int
    ) throws(Refusal) -> RedeemStatus {
        guard let entry, entry.isKnown(in: cardSystems) else {
            throw Refusal([Reason(.advantageNotFound, at: "/advantageId"), item.noTaker].compactMap(\.self))!
        }
        if let reason = item.noTaker { throw Refusal(reason) }
        return RedeemStatus(
            points: entry.terms.points, totalPoints: item.holder.map { $0.facts.balance - $0.facts.pointsOwed },
            reasons: AdvantageRules.reasons(facts(of: entry), at: instant, extraPoints: extraPoints))
    }
}

import CardRules
import JSONRPC
import Postgres

enum RedemptionRestore: Method {
    static let declaration = Declaration(
        "redemption.restore", .writes, by: [.cardSystemAdministrator, .operator],
        "Undoes the cancellation of a redemption, with all checks anew (PER-06).",
        details: "Periods and limits are those of the instant at which it was taken, points and units those of now. It "
            + "keeps its code. The card is not looked at: it may have been replaced since.",
        refusals: [
            .redemptionNotFound, .redemptionNotCancelled, .advantageNotFound, .advantageNotActive,
            .advantageNotAtCounter, .advantageNotOnline, .advantageOutsideExchangePeriod, .advantageSoldOut,
            .advantageAlreadyTaken, .advantageNotGranted, .advantageOtherCardSystem, .advantageResidentsOnly,
            .passHolderBlocked, .membershipNoneActive, .limitReached, .pointsInsufficient,
        ])

    struct Params: Parameters {
        let id: RedemptionID
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("redemptionId", "The redemption's own id.")
            reason = reader.required("reason", "Why.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CorrectedRedemption {
        let held = try HeldRedemption(params.id, in: call)
        call.audit.facts.append(("reason", params.reason))
        let look = try RedemptionLook(
            RedemptionRequest(
                advantage: held.advantage, taker: .holder(held.holder, nil),
                place: held.counter.map { .counter($0, cardSystems: [held.cardSystem]) } ?? .online),
            at: held.takenAt, in: call)
        guard let entry = look.entry, entry.isKnown(in: [held.cardSystem]) else {
            throw Refusal(.advantageNotFound, at: "/redemptionId")
        }
        let decision = try AdvantageRules.restore(
            look.facts(of: entry), takenAt: held.takenAt, isCancelled: held.isCancelled
        ).get()
        try held.write(
            """
            cancelled_at = null, cancelled_by = null, cancel_reason = null, points = \(decision.points),
            period_start = \(decision.periodStart), slot = \(decision.slot)
            """, units: 1, decision.flows, "redemption.restore", in: call)
        return CorrectedRedemption(
            redemption: try .read(params.id, in: call), totalPoints: decision.newBalance - held.points.owed)
    }
}

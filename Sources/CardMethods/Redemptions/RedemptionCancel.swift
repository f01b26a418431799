import CardRules
import JSONRPC
import Postgres

enum RedemptionCancel: Method {
    static let declaration = Declaration(
        "redemption.cancel", .writes, by: .staff(.advantageRedeem),
        "Cancels a redemption: points, unit and place in the limits come back; a code stays used (ADV-13, R-149).",
        details: "A counter cancels what it gave itself; an administrator everything, with a reason (PER-06).",
        refusals: [.redemptionNotFound, .redemptionAlreadyCancelled])

    struct Params: Parameters {
        let id: RedemptionID
        let reason: String?

        init(from reader: inout ParameterReader) {
            id = reader.required("redemptionId", "The redemption's own id.")
            reason = reader.optional("reason", "Why; administrators always give one.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CorrectedRedemption {
        let held = try HeldRedemption(params.id, in: call)
        let isOwn =
            held.counter != nil && held.counter == call.caller.counter?.id
            && call.scope.atCounter.contains(held.cardSystem)
        if !isOwn, params.reason == nil {
            throw InvalidParameters(problems: [
                Problem(pointer: "/reason", reason: "is needed for what the counter did not give itself")
            ])
        }
        if let reason = params.reason { call.audit.facts.append(("reason", reason)) }
        let decision = try RedemptionCancellation.decide(
            points: held.cost, balance: held.points.balance, isCancelled: held.isCancelled
        ).get()
        try held.write(
            """
            cancelled_at = \(call.now), cancelled_by = \(call.caller.accountID), cancel_reason = \(params.reason),
            slot = null
            """, units: -1, decision.flows, "redemption.cancel", in: call)
        return CorrectedRedemption(
            redemption: try .read(params.id, in: call), totalPoints: decision.newBalance - held.points.owed)
    }
}

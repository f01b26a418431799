import CardRules
import JSONRPC
import Postgres

enum CheckInCancel: Method {
    static let declaration = Declaration(
        "checkIn.cancel", .writes, by: .staff(.checkInWrite),
        "Cancels a check-in: its points are taken back and its place in the limit is free again (CHK-09, R-097).",
        details:
            "Points that are spent already are refused. A card-system administrator may force it with a reason: what "
            + "is missing is owed, and the next check-ins pay it.",
        refusals: [.checkInNotFound, .checkInAlreadyCancelled, .pointsAlreadySpent, .permissionNotHeld], bulk: true)

    struct Params: Parameters {
        let id: CheckInID
        let reason: String?
        let force: Bool

        init(from reader: inout ParameterReader) {
            id = reader.required("checkInId", "The check-in's own id.")
            reason = reader.optional("reason", "Why; needed to force.")
            force = reader.optional("force", default: false, "Take back even what is spent, as an administrator.")
            if force, reason == nil { reader.refuse("reason", "is needed to force") }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CorrectedCheckIn {
        var correction = try LockedCheckIn(params.id, in: call)
        if let reason = params.reason { call.audit.facts.append(("reason", reason)) }
        let decision = try CheckInCorrection.cancel(
            correction.facts, forcedBecause: params.force ? params.reason : nil
        ).get()
        return try correction.write(
            decision, as: declaration.name,
            """
            cancelled_at = \(call.now), cancelled_by = \(call.caller.accountID), cancel_reason = \(params.reason),
            slot = null
            """, in: call)
    }
}

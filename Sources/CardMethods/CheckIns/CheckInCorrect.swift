import CardRules
import JSONRPC
import Postgres

enum CheckInCorrect: Method {
    static let declaration = Declaration(
        "checkIn.correct", .writes, by: [.cardSystemAdministrator, .operator],
        "Gives a check-in other points than its event gave, because that was set wrongly (S11).",
        details: "The difference is given, or taken back. Points that are spent already are refused, unless it is "
            + "forced: then what is missing is owed, and the next check-ins pay it.",
        refusals: [
            .checkInNotFound, .checkInAlreadyCancelled, .checkInPointsUnchanged, .pointsAlreadySpent,
        ], bulk: true)

    struct Params: Parameters {
        let id: CheckInID
        let points: EventPoints
        let reason: String
        let force: Bool

        init(from reader: inout ParameterReader) {
            id = reader.required("checkInId", "The check-in's own id.")
            points = reader.required("points", "What it should have given.")
            reason = reader.required("reason", "Why.")
            force = reader.optional("force", default: false, "Take back even what is spent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CorrectedCheckIn {
        var checkIn = try LockedCheckIn(params.id, in: call)
        call.audit.facts.append(("reason", params.reason))
        call.audit.told.append(("pointsBefore", .integer(Int64(checkIn.facts.points))))
        call.audit.changedFields = ["points"]
        let decision = try CheckInCorrection.correct(
            checkIn.facts, to: params.points.count, forcedBecause: params.force ? params.reason : nil
        ).get()
        return try checkIn.write(decision, as: declaration.name, "points = \(params.points.count)", in: call)
    }
}

import CardRules
import JSONRPC
import Postgres

enum CheckInRestore: Method {
    static let declaration = Declaration(
        "checkIn.restore", .writes, by: [.cardSystemAdministrator, .operator],
        "Takes the cancellation of a check-in back: it gives its points again (S11).",
        details: "Its place in the event's limit must still be free. What the holder owes is paid first.",
        refusals: [.checkInNotFound, .checkInNotCancelled, .limitReached])

    struct Params: Parameters {
        let id: CheckInID
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("checkInId", "The check-in's own id.")
            reason = reader.required("reason", "Why.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CorrectedCheckIn {
        var checkIn = try LockedCheckIn(params.id, in: call)
        call.audit.facts.append(("reason", params.reason))
        let limit = try call.event(checkIn.event).facts.checkInLimit
        let place = try limit.map { try self.place(of: checkIn, $0, in: call) }
        let decision = try CheckInCorrection.restore(checkIn.facts, limit: limit, used: place?.used ?? 0).get()
        return try checkIn.write(
            decision, as: declaration.name,
            """
            cancelled_at = null, cancelled_by = null, cancel_reason = null, period_start = \(place?.start),
            slot = \(place?.slot)
            """, in: call)
    }

    /// What stands in the period in which the check-in was made, by whoever did it, and the next place of it.
    private static func place(
        of checkIn: LockedCheckIn, _ limit: PeriodLimit, in call: Call
    ) throws -> (start: CivilDate, used: Int, slot: Int) {
        let period = limit.period(containing: checkIn.checkedInAt)
        let (begin, end) = (Brussels.instant(period.start), period.end.map(Brussels.end(of:)))
        let row = try call.acrossCardSystems {
            try call.transaction.query(
                """
                select count(*) filter (where k.cancelled_at is null and k.checked_in_at >= \(begin)
                        and (k.checked_in_at < \(end)) is not false) as used,
                    coalesce(max(k.slot) filter (where k.period_start = \(period.start)) + 1, 0) as slot
                from check_in k where k.event_id = \(checkIn.event) and k.holder_id = \(checkIn.holder)
                """)[0]
        }
        return (period.start, try row["used"], try row["slot"])
    }
}

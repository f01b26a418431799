import CardRules
import JSONRPC
import Postgres

extension Call {
    /// Who may set up an event: the operator, administrators over a counter that organizes it, and staff of such a
    /// counter who hold the permission. Another's event is a public record, so the answer is `permission.missing`
    /// (PER-04).
    func requireOrganizer(_ organizer: OrganizerID?) throws {
        if scope.isOperator { return }
        let rows = try transaction.query(
            "select id, card_system_id, municipality_id from counter where organizer_id = \(organizer)")
        let isAllowed = try rows.contains { row in
            let id: CounterID = try row["id"]
            if id == caller.counter?.id, !scope.atCounter.isEmpty { return true }
            return scope.administers(try row["card_system_id"], municipality: try row["municipality_id"])
        }
        try require(isAllowed)
    }

    /// The margins that hold for check-ins at an event: the widest of the card systems that its organizer's counters
    /// work in.
    func checkInMargins(of event: EventRecord) throws -> CheckInMargins {
        try asPlatform {
            let rows = try transaction.query(
                """
                select s.check_in_margin_before_minutes, s.check_in_margin_after_minutes
                from counter c join counter_card_system k on k.counter_id = c.id
                join card_system s on s.id = k.card_system_id where c.organizer_id = \(event.facts.organizer)
                """)
            return .widest(of: try rows.map { .init(before: .minutes(try $0[0]), after: .minutes(try $0[1])) })
        }
    }
}

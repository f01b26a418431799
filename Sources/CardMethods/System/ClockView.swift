import CardRules
import JSONRPC
import Postgres

/// What time it is.
struct ClockView: ResultRecord {
    let now: Instant
    let isSimulated: Bool

    static let fields: [ResultField<ClockView>] = [
        .init("businessTime", "What time it is for all rules.") { $0.now },
        .init("timeIsSimulated", "Whether it was moved.") { $0.isSimulated },
    ]
}

/// Moves the clock of a database that was made to be played with.
enum ClockControl {
    /// - Parameter target: From what time it is by the database, which other daemons may have moved, to what it will
    ///   be.
    static func move(_ call: Call, to target: (Instant) -> Instant) throws -> ClockView {
        let platform = try call.transaction.query(
            "select world, clock_offset_microseconds from platform for update")[0]
        guard call.services.settings.allowsClockControl, try platform["world"] != "production" else {
            throw Refusal(.clockReal)
        }
        let old = Instant.Span(microseconds: try platform["clock_offset_microseconds"])
        let instant = target(call.realNow + old)
        let offset = instant - call.realNow
        guard offset >= old else { throw Refusal(.clockBackwards) }
        // Told as a change of its own, so that every daemon takes it in its turn.
        try call.transaction.execute(
            """
            with moved as (
                update platform set clock_offset_microseconds = \(offset.microseconds),
                    change_sequence = change_sequence + 1
                returning change_sequence
            )
            select pg_notify('ksbd_change', change_sequence || ' ' || \(Notice.clock) || ' ' || \(ID<Never>.nil.text))
            from moved
            """)
        call.audit.facts.append(("to", instant.text))
        try DueWork.run(at: instant, call.transaction)
        return ClockView(now: instant, isSimulated: true)
    }
}

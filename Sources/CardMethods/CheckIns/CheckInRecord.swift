import CardRules
import JSONRPC
import Postgres

/// A check-in as staff see it.
struct CheckInRecord: ResultRecord {
    let id: CheckInID
    let cardSystem: CardSystemID
    let event: EventID
    let eventName: LocalizedText
    let holder: PassHolderID
    let cardNumber: String
    let counter: CounterID?
    let pillar: PillarID?
    let points: Int
    let checkedInAt: Instant
    let cancelledAt: Instant?
    let cancelReason: String?

    static let fields: [ResultField<CheckInRecord>] = [
        .init("id", "Its own id (action id).") { $0.id },
        .init("cardSystemId", "Where it was done.") { $0.cardSystem },
        .init("eventId", "The event's cdbid.") { $0.event },
        .init("eventName", "What it is called.") { $0.eventName },
        .init("passHolderId", "Whose check-in it is.") { $0.holder },
        .init("cardNumber", "The card that was used.") { $0.cardNumber },
        .init("counterId", "The counter that did it; absent, as is the pillar, if the holder did it himself.") {
            $0.counter
        },
        .init("pillarId", "The pillar that did it.") { $0.pillar },
        .init("points", "What it gave, in points.") { $0.points },
        .init("checkedInAt", "When.") { $0.checkedInAt },
        .init("cancelledAt", "When it was cancelled; absent if it stands.") { $0.cancelledAt },
        .init("cancelReason", "Why it was cancelled.") { $0.cancelReason },
    ]

    static let select: SQL = """
        select k.id, k.card_system_id, k.event_id, e.name as event_name, k.holder_id, c.number as card_number,
            k.counter_id, k.pillar_id, k.points, k.checked_in_at, k.cancelled_at, k.cancel_reason
        from check_in k join event e on e.id = k.event_id join card c on c.id = k.card_id
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        event = try row["event_id"]
        eventName = try LocalizedText(stored: try row["event_name"])
        holder = try row["holder_id"]
        cardNumber = try row["card_number"]
        counter = try row["counter_id"]
        pillar = try row["pillar_id"]
        points = try row["points"]
        checkedInAt = try row["checked_in_at"]
        cancelledAt = try row["cancelled_at"]
        cancelReason = try row["cancel_reason"]
    }
}

import CardRules
import JSONRPC

/// A check-in that is asked for.
struct CheckInRequest: Sendable {
    /// The card that is to be checked in.
    enum Card: Sendable, Hashable {
        case named(CardName)
        /// There is none, and why.
        case missing(Reason)
    }

    /// Where it happens, and so what event it is for.
    enum Place: Sendable, Hashable {
        /// The event that the pillar shows now.
        case pillar(PillarID)
        case counter(CounterID, EventID)
        /// The pass holder himself, with the code of an event; `nil` for a code that none has.
        case code(EventID?)
    }

    let card: Card
    let place: Place
}

/// What a check-in gave: the pillar or till shows it.
struct CheckInReceipt: ResultRecord {
    let id: CheckInID
    let eventID: EventID
    let eventName: LocalizedText
    let cardNumber: String
    let points: Int
    let totalPoints: Int
    let checkedInAt: Instant

    static let fields: [ResultField<CheckInReceipt>] = [
        .init("id", "The check-in's own id (action id).") { $0.id },
        .init("eventId", "The event that gave the points.") { $0.eventID },
        .init("eventName", "What it is called.") { $0.eventName },
        .init("cardNumber", "The card that was used.") { $0.cardNumber },
        .init("newPoints", "What this check-in gave, in points.") { $0.points },
        .init("totalPoints", "The balance now, in points: what is owed is taken off.") { $0.totalPoints },
        .init("checkedInAt", "When, by business time.") { $0.checkedInAt },
    ]
}

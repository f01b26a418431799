import CardRules
import JSONRPC

/// What a check-in at an event gives, and how often.
struct EventSettings: ResultRecord {
    let event: EventID
    let checkInPoints: Int
    let checkInLimit: PeriodLimit?
    let ticketLimit: PeriodLimit?
    let version: Int

    static let fields: [ResultField<EventSettings>] = [
        .init("eventId", "The cdbid.") { $0.event },
        .init("checkInPoints", "What a check-in gives, in points.") { $0.checkInPoints },
        .init("checkInLimit", "Check-ins of one pass holder; absent for no limit.") { $0.checkInLimit },
        .init("ticketLimit", "Tickets of one pass holder with an opportunity status; absent for no limit.") {
            $0.ticketLimit
        },
        .init("version", "For writes.") { $0.version },
    ]

    init(_ event: EventRecord) {
        self.event = event.facts.id
        (checkInPoints, checkInLimit) = (event.facts.checkInPoints, event.facts.checkInLimit)
        (ticketLimit, version) = (event.ticketLimit, event.facts.version)
    }
}

enum EventGetSettings: Method {
    static let declaration = Declaration(
        "event.getSettings", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.eventSettingsRead)],
        "Tells the points and limits of an event of one's own (EVS-01), as of an instant.",
        refusals: [.eventNotFound])

    struct Params: Parameters {
        let event: EventReference
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
            instant = reader.optional("at", "As of when; now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> EventSettings {
        let event = try call.event(params.event.id, at: params.instant)
        try call.requireOrganizer(event.namedOrganizer)
        return EventSettings(event)
    }
}

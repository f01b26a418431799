import CardRules
import JSONRPC
import Postgres

enum EventSetSettings: Method {
    static let declaration = Declaration(
        "event.setSettings", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.eventSettingsWrite)],
        "Replaces the points and limits of an event of one's own (EVS-01, EVS-02).",
        details: "A limit that is not sent is none. The platform may allow fewer than 20 points.",
        refusals: [.eventNotFound])

    struct Params: Parameters {
        let event: EventReference
        let checkInPoints: EventPoints
        let checkInLimit: PeriodLimit?
        let ticketLimit: PeriodLimit?
        let version: Int?

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
            checkInPoints = reader.required("checkInPoints", "What a check-in gives, in points.")
            checkInLimit = reader.optional("checkInLimit", "Check-ins of one pass holder; absent for no limit.")
            ticketLimit = reader.optional(
                "ticketLimit", "Tickets of one pass holder with an opportunity status; absent for no limit.")
            version = reader.optional("version", "The version that the change was made against.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> EventSettings {
        let event = try call.event(params.event.id, lock: true)
        try call.requireOrganizer(event.namedOrganizer)
        let fields = ["checkInPoints", "checkInLimit", "ticketLimit"]
        try call.requireVersion(params.version, is: event.facts.version, changed: fields)
        let maximum: Int = try call.transaction.query("select event_points_maximum from platform")[0][0]
        if params.checkInPoints.count > maximum {
            let problem = Problem(pointer: "/checkInPoints", reason: "must be an integer from 0 to \(maximum)")
            throw InvalidParameters(problems: [problem])
        }
        call.audit.object(event.facts.id)
        call.audit.changedFields = fields
        try call.change(
            .event, event.facts.id,
            by: """
                update event set check_in_points = \(params.checkInPoints.count),
                    check_in_limit_volume = \(params.checkInLimit?.volume),
                    check_in_limit_period = \(params.checkInLimit?.period),
                    ticket_limit_volume = \(params.ticketLimit?.volume),
                    ticket_limit_period = \(params.ticketLimit?.period), version = version + 1
                where id = \(event.facts.id)
                """)
        return EventSettings(try call.event(event.facts.id))
    }
}

/// Points that an event may give.
struct EventPoints: ParameterValue {
    let count: Int

    static var schema: Schema { .integer(0...20) }
    static var placeholder: EventPoints { EventPoints(count: 0) }

    private init(count: Int) { self.count = count }

    init(parameter: JSON) throws(Unfit) {
        guard let count = parameter.integer, (0...20).contains(count) else {
            throw Unfit("must be an integer from 0 to 20")
        }
        self.count = Int(count)
    }
}

import CardRules
import JSONRPC
import Postgres

enum EventGetCardSystems: Method {
    static let declaration = Declaration(
        "event.getCardSystems", .reads, by: [.account],
        "Tells which card systems an event takes, and the distribution keys chosen for it (EVC-01, EVC-06).",
        details: "At first all card systems of its organizer, and no key. Automatic keys are not listed.",
        refusals: [.eventNotFound, .organizerNotFound])

    struct Params: Parameters {
        let event: EventReference
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
            instant = reader.optional("at", "As of when; now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> EventCardSystemsRecord {
        let event = try call.event(params.event.id)
        guard let organizer = event.namedOrganizer else { throw Refusal(.organizerNotFound, at: "/eventId") }
        return try EventCardSystems(
            of: event.facts.id, organizer: organizer, at: params.instant ?? call.now, in: call
        ).record(version: event.facts.version)
    }
}

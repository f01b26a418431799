import CardRules
import JSONRPC

enum EventGet: Method {
    static let declaration = Declaration(
        "event.get", .reads, by: [.everyone] + Access.ofEventReaders,
        "Tells all that is known of one event.",
        details: "Strangers see published events only: validated or waiting for validation, their date of publication "
            + "reached, their organizer known. Staff sees all of them, with what is missing.",
        refusals: [.eventNotFound])

    struct Params: Parameters {
        let event: EventReference
        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> EventView {
        let event = try call.event(params.event.id)
        let isPublished = !EventRules.usability(event.facts, at: call.now).contains { $0.kind == .eventNotPublished }
        guard isPublished || call.scope.isStaff else { throw Refusal(.eventNotFound) }
        return EventView(event: event, now: call.now)
    }
}

extension Access {
    /// Who sees events that are not published too.
    static let ofEventReaders = Access([
        .operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.eventRead),
    ])

    static func + (left: Access, right: Access) -> Access { Access(left.ways + right.ways) }
}

extension Scope {
    /// Whether another way led in than one that is open to everyone.
    var isStaff: Bool { isOperator || !cardSystems.isEmpty }
}

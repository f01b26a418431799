import CardRules
import JSONRPC

/// An event as callers see it.
struct EventView: ResultRecord {
    let event: EventRecord
    /// The instant that openings and usability are told for.
    let now: Instant

    private var facts: EventFacts { event.facts }
    private var unusable: [Reason] { EventRules.usability(facts, at: now) }

    static let fields: [ResultField<EventView>] = [
        .init("id", "The cdbid.") { $0.facts.id },
        .init("name", "What it is called.") { $0.facts.name },
        .init("organizerId", "Who organizes it, as its document names.") { $0.event.namedOrganizer },
        .init("organizerName", "What the organizer is called, if it is known here.") { $0.event.organizerName },
        .init("placeId", "Where it is.") { $0.facts.place },
        .init("placeName", "What the place is called.") { $0.event.placeName },
        .init("placeAddress", "The address of the place.") { $0.event.placeAddress },
        .init("workflowStatus", "How far it is on its way to publication.") { $0.facts.workflowStatus },
        .init("availableFrom", "When it is or was published.") { $0.facts.availableFrom },
        .init("availableTo", "Until when it is published.") { $0.event.availableTo },
        .init("status", "Whether it takes place.") { $0.facts.status },
        .init("soldOut", "Whether no places are left.") { $0.facts.bookingAvailability == .unavailable },
        .init("usable", "Whether it can be used, apart from its opening times.") { $0.unusable.isEmpty },
        .init("reasons", "Why it is not usable.") { $0.unusable.map(ReasonView.init) },
        .init("startsAt", "When it first opens; absent if that has no limit.") { $0.event.startsAt },
        .init("endsAt", "When it last closes; absent if that has no limit.") { $0.event.endsAt },
        .init("nextOpening", "The opening that is on now, or else the next one that takes place.") { view in
            EventRules.opening(of: view.facts, onOrAfter: view.now).map(OpeningView.init)
        },
        .init("calendar", "All opening times, in the words of UiTdatabank.") { $0.facts.calendar.document },
        .init("prices", "What it costs, as published.") { $0.event.prices },
        .init("checkInPoints", "What a check-in gives, in points.") { $0.facts.checkInPoints },
        .init("checkInLimit", "Check-ins of one pass holder; absent for no limit.") { $0.facts.checkInLimit },
        .init("ticketLimit", "Tickets of one pass holder; absent for no limit.") { $0.event.ticketLimit },
        .init("modified", "When its document was last changed.") { $0.event.documentModified },
        .init("version", "For writes.") { $0.facts.version },
    ]
}

/// A time during which an event is open.
struct OpeningView: ResultRecord {
    let opening: Opening

    static let fields: [ResultField<OpeningView>] = [
        .init("start", "When it opens.") { $0.opening.start },
        .init("end", "When it closes.") { $0.opening.end },
    ]
}

extension WorkflowStatus: WordParameter {}
extension EventStatus: WordParameter {}

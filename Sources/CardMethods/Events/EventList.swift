import CardRules
import JSONRPC
import Postgres

enum EventList: Method {
    static let declaration = Declaration(
        "event.list", .reads, by: [.everyone] + Access.ofEventReaders,
        "Lists events by their first opening; those without a first one come last.",
        details: "Strangers see published events only, as in `event.get`.", refusals: [.counterNotFound])

    struct Params: Parameters {
        let event: EventReference?
        let name: NamePattern?
        let organizer: OrganizerID?
        let counter: CounterID?
        let from: Instant?
        let until: Instant?
        let onlyPublished: Bool
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            event = reader.optional("eventId", "This one only: its cdbid, or the whole link of UiTdatabank.")
            name = reader.optional("name", "Part of the name in any language; `*` stands for anything.")
            organizer = reader.optional("organizerId", "Of this organizer.")
            counter = reader.optional("counterId", "Organized or hosted by this counter.")
            from = reader.optional("from", "Not over before this instant.")
            until = reader.optional("until", "Begun before this instant.")
            onlyPublished = reader.optional("onlyPublished", default: false, "Without what is not published.")
            page = PageRequest(from: &reader)
            if let from, let until, from >= until { reader.refuse("until", "must be after from") }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<EventView> {
        var conditions = params.conditions
        if params.onlyPublished || !call.scope.isStaff { conditions.append(EventRecord.isPublished(at: call.now)) }
        if let counter = params.counter { conditions.append(try call.atCounter(counter)) }
        let listing = Listing(
            columns: EventRecord.columns, tables: EventRecord.tables, conditions: conditions,
            key: "coalesce(to_char(e.starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), 'none')", id: "e.id")
        return try listing.page(params.page, call.transaction) {
            EventView(event: try EventRecord(row: $0), now: call.now)
        }
    }
}

extension EventList.Params {
    fileprivate var conditions: [SQL] {
        [
            event.map { "e.id = \($0.id)" }, name.map { "e.name_key like '%' || \($0.like) || '%'" },
            organizer.map { "e.organizer_id = \($0)" }, from.map { "(e.ends_at is null or e.ends_at >= \($0))" },
            until.map { "(e.starts_at is null or e.starts_at < \($0))" },
        ].compactMap { $0 as SQL? }
    }
}

extension EventRecord {
    /// That `EventRules.usability` has no `event.notPublished`, for lists too long to be read whole.
    static func isPublished(at now: Instant) -> SQL {
        """
        e.workflow_status in ('readyForValidation', 'approved') and o.id is not null
        and (e.available_from is null or e.available_from <= \(now))
        """
    }
}

extension Call {
    /// That an event is organized or hosted by a counter, which must be one that the caller may know of.
    fileprivate func atCounter(_ id: CounterID) throws -> SQL {
        guard let row = try transaction.first("select organizer_id, location_ids from counter where id = \(id)") else {
            throw Refusal(.counterNotFound, at: "/counterId")
        }
        let (organizer, places): (OrganizerID?, [PlaceID]) = (try row[0], try row[1])
        return "(e.organizer_id = \(organizer) or e.place_id = any (\(places)))"
    }
}

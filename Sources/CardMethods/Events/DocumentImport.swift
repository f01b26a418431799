import CardRules
import JSONRPC
import Postgres

/// One call's documents on their way into the database: what is stored, what was decided, what is to be written.
struct DocumentImport {
    private let right: ImportRight
    /// What is stored under each id of the call, or will be by the writes so far.
    private var stored: [DocumentKey: StoredDocumentFacts]
    private(set) var writes: [SQL] = []
    /// The ids that are written.
    private(set) var changed: [String] = []

    /// Loads the facts. Imports run one after another until their commit, so that no two can cross in one document.
    init(_ documents: [PublishedDocument], _ call: Call) throws {
        _ = try call.transaction.query("select pg_advisory_xact_lock(hashtextextended('event.import', 0))")
        right = try Self.right(of: call)
        stored = try Self.stored(Set(documents.map(\.key)), call)
    }

    /// Decides on a document, and notes what has to be written.
    mutating func take(_ document: PublishedDocument) -> DocumentOutcome {
        let facts = document.facts
        let before = stored[document.key]
        let verdict = ImportRules.verdict(on: facts, over: before, by: right)
        if verdict == .imported || verdict == .updated {
            stored[document.key] = StoredDocumentFacts(
                modified: facts.modified, contentHash: facts.contentHash, organizer: document.organizer,
                isInUse: before?.isInUse ?? false)
            writes += document.writes(isNew: verdict == .imported)
            changed.append(document.id.text)
        }
        return DocumentOutcome(document, verdict)
    }

    private static func right(of call: Call) throws -> ImportRight {
        if call.scope.isOperator { return .all }
        let rows = try call.transaction.query(
            """
            select organizer_id, location_ids from counter
            where card_system_id = any (\(Array(call.scope.administered)))
            """)
        return .of(
            organizers: Set(try rows.compactMap { try $0[0] as OrganizerID? }),
            places: Set(try rows.flatMap { try $0[1] as [PlaceID] }))
    }

    /// Check-ins and sales of all card systems count: the answer tells nothing of them but that there are some.
    private static func stored(_ keys: Set<DocumentKey>, _ call: Call) throws -> [DocumentKey: StoredDocumentFacts] {
        func ids(_ kind: DocumentKind) -> [ID<Never>] { keys.filter { $0.kind == kind }.map(\.id) }
        let rows = try call.asPlatform {
            try call.transaction.query(
                """
                select 'event', id, document_modified, content_hash, organizer_id,
                    exists (select from check_in k where k.event_id = event.id)
                        or \(fragment: EventCardSystems.hasTicketSales(event: "event.id", at: call.now))
                from event where id = any (\(ids(.event)))
                union all
                select 'place', id, document_modified, content_hash, null, false from place where id = any
                    (\(ids(.place)))
                union all
                select 'organizer', id, document_modified, content_hash, null, false
                from organizer where id = any (\(ids(.organizer)))
                """)
        }
        var stored: [DocumentKey: StoredDocumentFacts] = [:]
        for row in rows {
            stored[DocumentKey(kind: try row[0], id: try row[1])] = StoredDocumentFacts(
                modified: try row[2], contentHash: try row[3], organizer: try row[4], isInUse: try row[5])
        }
        return stored
    }
}

extension DocumentKind: PostgresValue {}

extension PublishedDocument {
    /// The organizer of an event.
    var organizer: OrganizerID? { if case .event(let event) = content { event.organizer } else { nil } }

    var facts: DocumentFacts {
        switch content {
        case .event(let event):
            DocumentFacts(
                subject: .event(organizer: event.organizer), modified: event.modified, contentHash: contentHash)
        case .place(let place):
            DocumentFacts(subject: .place(place.id), modified: place.modified, contentHash: contentHash)
        case .organizer(let organizer):
            DocumentFacts(subject: .organizer(organizer.id), modified: organizer.modified, contentHash: contentHash)
        }
    }
}

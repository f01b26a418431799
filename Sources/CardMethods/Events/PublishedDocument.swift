import CardRules
import Crypto
import JSONRPC

/// A document that UiTdatabank publishes as JSON-LD: an event, a place or an organizer.
struct PublishedDocument: Sendable {
    enum Content: Sendable {
        case event(EventDocument)
        case place(PlaceDocument)
        case organizer(OrganizerDocument)
    }

    let content: Content
    /// SHA-256 over all of the document but who made it: the same for two documents that say the same.
    let contentHash: [UInt8]

    /// Reads a document, or tells everything that is wrong with what we read of it. `creator` and `contributors` are
    /// not kept, nor do they count as content: they name people.
    init(reading json: JSON) throws(MalformedDocument) {
        var reader = DocumentReader()
        let document = DocumentField(json)
        guard let members = json.object?.members else {
            reader.refuse(document, "must be an object, not \(json.kind)")
            content = try reader.finish(nil)
            contentHash = []
            return
        }
        let identity = PublishedIdentity(document, &reader)
        let content: Content? =
            switch identity.kind {
            case .event: EventDocument(id: identity.id(), document, &reader).map(Content.event)
            case .place: PlaceDocument(id: identity.id(), document, &reader).map(Content.place)
            case .organizer: OrganizerDocument(id: identity.id(), document, &reader).map(Content.organizer)
            case nil: nil
            }
        self.content = try reader.finish(content)
        let told = members.filter { $0.name != "creator" && $0.name != "contributors" }
        contentHash = Array(SHA256.hash(data: JSON.object(JSONObject(told)).canonical.bytes))
    }
}

/// What a document is about, as far as it can be told, also of one that is malformed otherwise.
struct PublishedIdentity {
    let kind: DocumentKind?
    private let link: DocumentLink?

    init(_ document: DocumentField, _ reader: inout DocumentReader) {
        let field = reader.required(document["@id"])
        link = reader.string(field).flatMap(DocumentLink.init)
        if field.json?.string != nil, link == nil { reader.refuse(field, "must be a link that ends in a UUID") }
        let typed = reader.word(document["@type"], of: DocumentKind.types)
        kind = typed ?? link?.kind
        if let typed, let linked = link?.kind, typed != linked {
            reader.refuse(document["@type"], "does not fit the link under @id")
        } else if let link, link.kind == nil, !document["@type"].isThere {
            reader.refuse(document["@type"], "is missing, and the link under @id does not tell it")
        }
    }

    /// The UUID of the link.
    func id<Kind>() -> ID<Kind>? { link.map { ID(high: $0.id.high, low: $0.id.low) } }
}

/// An id and what it is of: UiTdatabank may use one UUID for an event and a place.
struct DocumentKey: Hashable {
    let kind: DocumentKind
    let id: ID<Never>
}

extension PublishedDocument {
    var key: DocumentKey { DocumentKey(kind: kind, id: id) }

    var kind: DocumentKind {
        switch content {
        case .event: .event
        case .place: .place
        case .organizer: .organizer
        }
    }

    var id: ID<Never> {
        switch content {
        case .event(let event): ID(high: event.id.high, low: event.id.low)
        case .place(let place): ID(high: place.id.high, low: place.id.low)
        case .organizer(let organizer): ID(high: organizer.id.high, low: organizer.id.low)
        }
    }
}

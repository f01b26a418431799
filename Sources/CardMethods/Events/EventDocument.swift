import CardRules
import JSONRPC

/// What we read of an event that UiTdatabank publishes.
struct EventDocument: Sendable, Hashable {
    let id: EventID
    let name: LocalizedText
    /// `nil` if the document names none by its link.
    let organizer: OrganizerID?
    /// `nil` if the document names none by its link.
    let place: PlaceID?
    let placeName: LocalizedText?
    let placeAddress: LocalizedAddress?
    let workflowStatus: WorkflowStatus
    let availableFrom: Instant?
    let availableTo: Instant?
    let status: EventStatus
    let bookingAvailability: BookingAvailability
    let calendar: EventCalendar
    let prices: [EventPrice]
    /// When the document was last changed, or else made.
    let modified: Instant

    /// Reads a calendar as it is stored.
    static func calendar(from json: JSON) throws(MalformedDocument) -> EventCalendar {
        var reader = DocumentReader()
        let calendar = reader.calendar(DocumentField(json))
        return try reader.finish(calendar)
    }

    /// `nil` if something is wrong, and noted by the reader.
    init?(id: EventID?, _ document: DocumentField, _ reader: inout DocumentReader) {
        let main = reader.mainLanguage(document)
        let name = reader.name(reader.required(document["name"]), main: main)
        organizer = reader.link(reader.object(document["organizer"])["@id"], to: .organizer)
        let location = reader.object(document["location"])
        place = reader.link(location["@id"], to: .place)
        placeName = reader.name(location["name"], main: main, isMainNeeded: false)
        placeAddress = reader.address(location["address"], main: main)
        let workflowStatus = reader.word(reader.required(document["workflowStatus"]), of: WorkflowStatus.documentWords)
        availableFrom = reader.instant(document["availableFrom"])
        availableTo = reader.instant(document["availableTo"])
        status = reader.status(document) ?? .available
        bookingAvailability = reader.bookingAvailability(document) ?? .available
        let calendar = reader.calendar(document)
        prices = reader.prices(document["priceInfo"], main: main)
        let modified = reader.modified(document)
        guard let id, let name, let workflowStatus, let calendar, let modified else { return nil }
        (self.id, self.name, self.workflowStatus) = (id, name, workflowStatus)
        (self.calendar, self.modified) = (calendar, modified)
    }
}

/// What we read of a place or an organizer that UiTdatabank publishes.
struct AddressedDocument<Kind>: Sendable {
    let id: ID<Kind>
    let name: LocalizedText
    let address: LocalizedAddress?
    /// When the document was last changed, or else made.
    let modified: Instant

    /// `nil` if something is wrong, and noted by the reader.
    init?(id: ID<Kind>?, _ document: DocumentField, _ reader: inout DocumentReader) {
        let main = reader.mainLanguage(document)
        let name = reader.name(reader.required(document["name"]), main: main)
        address = reader.address(document["address"], main: main)
        let modified = reader.modified(document)
        guard let id, let name, let modified else { return nil }
        (self.id, self.name, self.modified) = (id, name, modified)
    }
}

typealias PlaceDocument = AddressedDocument<PlaceKind>
typealias OrganizerDocument = AddressedDocument<OrganizerKind>

extension WorkflowStatus {
    /// The words of documents.
    static let documentWords: KeyValuePairs<String, WorkflowStatus> = [
        "DRAFT": .draft, "READY_FOR_VALIDATION": .readyForValidation, "APPROVED": .approved, "REJECTED": .rejected,
        "DELETED": .deleted,
    ]
}

extension DocumentReader {
    /// The id at the end of a link to a document of a kind.
    fileprivate mutating func link<Kind>(_ field: DocumentField, to kind: DocumentKind) -> ID<Kind>? {
        guard let text = string(field) else { return nil }
        guard let link = DocumentLink(text: text), link.kind == nil || link.kind == kind else {
            refuse(field, "must be a link to the \(kind.rawValue) that ends in a UUID")
            return nil
        }
        return ID(high: link.id.high, low: link.id.low)
    }

    /// `modified`, or else `created`: both must be well-formed where they are there, and one must be.
    fileprivate mutating func modified(_ document: DocumentField) -> Instant? {
        let modified = instant(document["modified"])
        let created = instant(document["created"])
        if !document["modified"].isThere { _ = required(document["created"]) }
        return modified ?? created
    }
}

/// What the rules need to know of a published document that is to be taken in.
public struct DocumentFacts: Sendable, Hashable {
    public var subject: Subject
    /// When it was last changed, or else made.
    public var modified: Instant
    /// Two documents are the same if and only if these are.
    public var contentHash: [UInt8]

    /// What a document is about.
    public enum Subject: Sendable, Hashable {
        /// Of the organizer that the document names; `nil` if it names none.
        case event(organizer: OrganizerID?)
        case place(PlaceID)
        case organizer(OrganizerID)
    }

    public init(subject: Subject, modified: Instant, contentHash: [UInt8]) {
        (self.subject, self.modified, self.contentHash) = (subject, modified, contentHash)
    }
}

/// What is stored of the document that was last taken in under the same id.
public struct StoredDocumentFacts: Sendable, Hashable {
    public var modified: Instant
    public var contentHash: [UInt8]
    /// The organizer of a stored event; `nil` for places, organizers, and events without one.
    public var organizer: OrganizerID?
    /// Whether anybody ever checked in at a stored event, cancelled or not, or a ticket for it is sold that is neither
    /// cancelled nor lapsed.
    public var isInUse: Bool

    public init(modified: Instant, contentHash: [UInt8], organizer: OrganizerID? = nil, isInUse: Bool = false) {
        (self.modified, self.contentHash) = (modified, contentHash)
        (self.organizer, self.isInUse) = (organizer, isInUse)
    }
}

/// Whose documents somebody may bring in.
public enum ImportRight: Sendable, Hashable {
    /// The operator's feed.
    case all
    /// An administrator, for the organizers and places of his counters.
    case of(organizers: Set<OrganizerID>, places: Set<PlaceID>)
}

/// What becomes of one document.
public enum ImportVerdict: Sendable, Hashable {
    /// It was not known.
    case imported
    case updated
    /// It is the one that is stored.
    case unchanged
    /// What is stored is newer.
    case skippedOlder
    /// At least one reason.
    case refused([Reason])
}

/// Whether a published document is taken in.
public enum ImportRules {
    /// The newer document wins, one of the same time with other content is taken, an older one is skipped.
    ///
    /// Refused are a document that the caller may not bring in (`event.notImportable`), and one that moves an event
    /// in use to another organizer (`event.organizerFixed`).
    public static func verdict(
        on document: DocumentFacts, over stored: StoredDocumentFacts?, by right: ImportRight
    ) -> ImportVerdict {
        guard mayImport(document.subject, over: stored, right) else { return .refused([Reason(.eventNotImportable)]) }
        guard let stored else { return .imported }
        if document.contentHash == stored.contentHash { return .unchanged }
        if document.modified < stored.modified { return .skippedOlder }
        if case .event(let organizer) = document.subject, stored.isInUse, organizer != stored.organizer {
            return .refused([Reason(.eventOrganizerFixed)])
        }
        return .updated
    }

    /// An administrator needs a right on what an event was as well as on what it becomes: else one could take another's
    /// event by a document that names an organizer of one's own.
    private static func mayImport(
        _ subject: DocumentFacts.Subject, over stored: StoredDocumentFacts?, _ right: ImportRight
    ) -> Bool {
        guard case .of(let organizers, let places) = right else { return true }
        switch subject {
        case .event(let organizer):
            guard let organizer, organizers.contains(organizer) else { return false }
            return stored?.organizer.map(organizers.contains) ?? true
        case .place(let id): return stored == nil || places.contains(id)
        case .organizer(let id): return organizers.contains(id)
        }
    }
}

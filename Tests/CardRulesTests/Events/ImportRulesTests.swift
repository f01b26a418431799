import CardRules
import Testing

@Suite struct `Import rules` {
    static let own = OrganizerID(high: 1, low: 1)
    static let other = OrganizerID(high: 2, low: 2)
    static let place = PlaceID(high: 3, low: 3)
    static let administrator = ImportRight.of(organizers: [own], places: [place])

    static func document(
        _ subject: DocumentFacts.Subject, day: Int = 2, hash: UInt8 = 1
    ) -> DocumentFacts {
        DocumentFacts(subject: subject, modified: .wall("2026-01-0\(day) 12:00"), contentHash: [hash])
    }

    static func stored(
        day: Int = 2, hash: UInt8 = 1, organizer: OrganizerID? = nil, isInUse: Bool = false
    ) -> StoredDocumentFacts {
        StoredDocumentFacts(
            modified: .wall("2026-01-0\(day) 12:00"), contentHash: [hash], organizer: organizer,
            isInUse: isInUse)
    }

    /// The day and content of the document, those of the stored one, and what becomes of it.
    @Test(
        arguments: [
            (2, 1, nil, .imported), (2, 1, (2, 1), .unchanged), (2, 2, (2, 1), .updated), (3, 2, (2, 1), .updated),
            (1, 2, (2, 1), .skippedOlder),
        ] as [(Int, UInt8, (Int, UInt8)?, ImportVerdict)])
    func `the newer document wins, one of the same time with other content is taken, an older one is skipped`(
        _ day: Int, _ hash: UInt8, _ before: (Int, UInt8)?, _ verdict: ImportVerdict
    ) {
        for subject in [.event(organizer: Self.own), .place(Self.place), .organizer(Self.own)]
            as [DocumentFacts.Subject]
        {
            let stored = before.map { Self.stored(day: $0.0, hash: $0.1) }
            let document = Self.document(subject, day: day, hash: hash)
            #expect(ImportRules.verdict(on: document, over: stored, by: .all) == verdict)
            #expect(ImportRules.verdict(on: document, over: stored, by: Self.administrator) == verdict)
        }
    }

    /// What the document is about, the stored event's organizer where there is one, and whether an administrator may.
    @Test(
        arguments: [
            (.event(organizer: own), nil, true),
            (.event(organizer: own), .some(own), true),
            (.event(organizer: own), .some(other), false),
            (.event(organizer: other), nil, false),
            (.event(organizer: other), .some(own), false),
            (.event(organizer: nil), nil, false),
            (.organizer(own), nil, true), (.organizer(other), nil, false),
            (.place(place), nil, true), (.place(PlaceID(high: 4, low: 4)), nil, true),
        ] as [(DocumentFacts.Subject, OrganizerID?, Bool)])
    func `an administrator brings in what is of his counters`(
        _ subject: DocumentFacts.Subject, _ organizer: OrganizerID?, _ isAllowed: Bool
    ) {
        let stored = organizer.map { Self.stored(day: 1, organizer: $0) }
        let document = Self.document(subject, hash: 2)
        let refused = ImportVerdict.refused([Reason(.eventNotImportable)])
        let verdict = ImportRules.verdict(on: document, over: stored, by: Self.administrator)
        #expect((verdict == refused) == !isAllowed)
        #expect(ImportRules.verdict(on: document, over: stored, by: .all) != refused)
    }

    @Test func `an administrator changes a known place only if it is a location of his counters`() {
        let foreign = Self.document(.place(PlaceID(high: 4, low: 4)), hash: 2)
        #expect(
            ImportRules.verdict(on: foreign, over: Self.stored(), by: Self.administrator)
                == .refused([Reason(.eventNotImportable)]))
        let own = Self.document(.place(Self.place), hash: 2)
        #expect(ImportRules.verdict(on: own, over: Self.stored(), by: Self.administrator) == .updated)
    }

    /// The organizer of the document, whether somebody checked in, and whether it is refused.
    @Test(
        arguments: [(own, true, false), (other, true, true), (nil, true, true), (other, false, false)]
            as [(
                OrganizerID?, Bool, Bool
            )])
    func `an event with check-ins stays with its organizer`(
        _ organizer: OrganizerID?, _ isInUse: Bool, _ isRefused: Bool
    ) {
        let verdict = ImportRules.verdict(
            on: Self.document(.event(organizer: organizer), hash: 2),
            over: Self.stored(organizer: Self.own, isInUse: isInUse), by: .all)
        #expect(verdict == (isRefused ? .refused([Reason(.eventOrganizerFixed)]) : .updated))
    }
}

import CardRules
import JSONRPC
import Postgres

/// One call of a batch with its facts.
struct CheckInItem {
    struct Card {
        let id: CardID
        let number: String
        let status: CardStatus
        let isGroupPass: Bool
        let holder: Holder?
        let used: Int
        let nextSlot: Int
    }

    struct Holder {
        let id: PassHolderID
        let isBlocked: Bool
        let isMember: Bool
        let accounts: PointsAccounts
        let balance: Int
        let owed: Int
    }

    let chip: String?
    let number: String?
    /// What is said if there is no such card.
    let noCard: Reason
    let pillar: PillarID?
    /// As memory has it.
    let event: DirectoryState.EventEntry?
    /// Which event it is about: the one that the counter names, known or not, or the one that the pillar shows.
    let eventID: EventID?
    /// What is against any check-in there now.
    let eventReasons: [Reason]
    /// The first day of the period of the event's limit that is now.
    let periodStart: CivilDate?
    private let pillarVersion: Int?

    private(set) var card: Card?
    private var databaseVersions: (event: Int?, pillar: Int?) = (nil, nil)

    init(_ request: CheckInRequest, _ directory: Directory, at now: Instant) {
        switch request.card {
        case .named(.chip(let chip)): (self.chip, number, noCard) = (chip.text, nil, Self.noCard(chip.text))
        case .named(.number(let number)): (chip, self.number, noCard) = (nil, number.text, Self.noCard(nil))
        case .missing(let reason): (chip, number, noCard) = (nil, nil, reason)
        }
        switch request.place {
        case .pillar(let id):
            let shown = directory.assignment(of: id, at: now)
            pillar = id
            pillarVersion = shown?.pillarVersion
            event = shown?.event
            eventID = event?.facts.id
            eventReasons = shown.map { $0.assignment.refusal?.reasons ?? [] } ?? [Reason(.pillarNotFound)]
        case .counter(_, let id):
            pillar = nil
            pillarVersion = nil
            event = directory.event(id)
            eventID = id
            eventReasons =
                event.map { CheckInItem.reasons($0.facts, at: now) } ?? [Reason(.eventNotFound, at: "/eventId")]
        case .code(let id):
            pillar = nil
            pillarVersion = nil
            event = id.flatMap(directory.event)
            eventID = id
            eventReasons =
                event.map { EventRules.reasonsAgainstCode($0.facts, at: now) }
                ?? [Reason(.checkInCodeInvalid, at: "/code")]
        }
        periodStart = event?.facts.checkInLimit?.period(containing: now).start
    }

    /// The card that is named does not exist.
    private static func noCard(_ chip: String?) -> Reason {
        Reason(.cardNotFound, at: chip == nil ? "/cardNumber" : "/chipNumber")
    }

    /// A look at one card for one event, without a call.
    init(_ event: DirectoryState.EventEntry, _ card: CardNameParams, at now: Instant) {
        (chip, number) = (card.chip?.text, card.number?.text)
        noCard = Self.noCard(chip)
        (pillar, pillarVersion) = (nil, nil)
        (self.event, eventID) = (event, event.facts.id)
        eventReasons = Self.reasons(event.facts, at: now)
        periodStart = event.facts.checkInLimit?.period(containing: now).start
    }

    private static func reasons(_ event: EventFacts, at now: Instant) -> [Reason] {
        if case .closed(let reasons, _) = EventRules.checkInWindow(event, at: now) { reasons } else { [] }
    }

    /// Whether event and pillar are still as memory had them when the event was chosen.
    var isMemoryCurrent: Bool {
        event?.facts.version == databaseVersions.event && pillarVersion == databaseVersions.pillar
    }

    /// Takes the facts of a row of `CheckInStatements.facts`.
    mutating func take(_ row: Row) throws {
        databaseVersions = (try row["event_version"], try row["pillar_version"])
        guard let id: CardID = try row["card_id"] else { return }
        var holder: Holder?
        if let holderID: PassHolderID = try row["holder_id"] {
            holder = Holder(
                id: holderID, isBlocked: try row["holder_status"] == "blocked", isMember: try row["is_member"],
                accounts: PointsAccounts(holder: try row["account_id"], owed: try row["owed_id"]),
                balance: try row["balance"], owed: try row["owed"])
        }
        card = Card(
            id: id, number: try row["number"], status: CardStatus(rawValue: try row["card_status"])!,
            isGroupPass: try row["is_group_pass"], holder: holder, used: try row["used"], nextSlot: try row["next_slot"]
        )
    }
}

extension CheckInRequest.Place {
    var pillar: PillarID? { if case .pillar(let id) = self { id } else { nil } }
    var counter: CounterID? { if case .counter(let id, _) = self { id } else { nil } }

    /// The event that is named, not the one that a pillar happens to show.
    var namedEvent: EventID? {
        switch self {
        case .pillar: nil
        case .counter(_, let event): event
        case .code(let event): event
        }
    }
}

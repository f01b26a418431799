import CardRules
import JSONRPC
import Postgres

enum PointsHistory: Method {
    static let declaration = Declaration(
        "points.history", .reads, by: .staff(.passHolderRead),
        "Lists what changed a pass holder's points, the newest first.",
        details: "Place, event and advantage are told for own card systems; the rest happened elsewhere.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "Whose points.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PointsEntry> {
        try call.requireOwnHolder(params.holder)
        return try call.pointsHistory(of: params.holder, params.page, isOwn: call.serves)
    }
}

extension Call {
    /// What changed somebody's points.
    ///
    /// - Parameter isOwn: Whether place and event may be told for what happened in a card system.
    func pointsHistory(
        of holder: PassHolderID, _ page: PageRequest, isOwn: (CardSystemID) -> Bool
    ) throws -> Page<PointsEntry> {
        // Points come and go in all card systems; of others, no more than that is told.
        return try asPlatform {
            let accounts = try transaction.query(
                """
                select id from ledger_account where unit = 'point' and owner_id in (
                    select id from pass_holder where id = \(holder) or merged_into = \(holder))
                """
            ).map { try $0[0] as LedgerAccountID }
            let listing = Listing(
                columns: """
                    t.id, t.event_at, t.reason, t.card_system_id, k.event_id, e.name as event_name, e.place_name,
                    coalesce(c.number, r.card_number) as card_number, r.advantage_id, v.title as advantage_title,
                    case when t.credit_account_id = any (\(accounts)) then t.amount else -t.amount end as points
                    """,
                tables: """
                    transfer t left join check_in k on k.id = t.reference_id left join event e on e.id = k.event_id
                        left join card c on c.id = k.card_id
                        left join redemption r on r.id = t.reference_id left join advantage v on v.id = r.advantage_id
                    """,
                // From one account of the person to another nothing comes or goes: records were merged.
                conditions: ["(t.credit_account_id = any (\(accounts))) <> (t.debit_account_id = any (\(accounts)))"],
                key: nil, id: "t.id", isDescending: true)
            return try listing.page(page, transaction) { row in
                try PointsEntry(row: row, isOwn: isOwn(try row["card_system_id"]))
            }
        }
    }
}

/// One change of somebody's points.
struct PointsEntry: ResultRecord {
    let id: TransferID
    let at: Instant
    let points: Int
    let reason: String
    /// `nil` for what happened elsewhere.
    let origin: Origin?

    struct Origin: Sendable {
        let cardSystem: CardSystemID
        let event: EventID?
        let eventName: LocalizedText?
        let placeName: LocalizedText?
        let advantage: AdvantageID?
        let advantageTitle: LocalizedText?
        let cardNumber: CardNumber?
    }

    static let fields: [ResultField<PointsEntry>] = [
        .init("id", "The transfer.") { $0.id },
        .init("at", "When it happened.") { $0.at },
        .init("points", "What came, or went if negative.") { $0.points },
        .init("reason", "The method by which it came.") { $0.reason },
        .init("isElsewhere", "It happened in a card system that is not one's own.") { $0.origin == nil },
        .init("cardSystemId", "Where it happened.") { $0.origin?.cardSystem },
        .init("eventId", "The event's cdbid.") { $0.origin?.event },
        .init("eventName", "What it is called.") { $0.origin?.eventName },
        .init("placeName", "Where it took place.") { $0.origin?.placeName },
        .init("advantageId", "What was taken.") { $0.origin?.advantage },
        .init("advantageTitle", "What it is called.") { $0.origin?.advantageTitle },
        .init("cardNumber", "The card that was used there.") { $0.origin?.cardNumber },
    ]

    init(row: Row, isOwn: Bool) throws {
        id = try row["id"]
        at = try row["event_at"]
        points = try row["points"]
        reason = try row["reason"]
        guard isOwn else {
            origin = nil
            return
        }
        origin = Origin(
            cardSystem: try row["card_system_id"], event: try row["event_id"],
            eventName: try (row["event_name"] as PostgresJSON?).map(LocalizedText.init(stored:)),
            placeName: try (row["place_name"] as PostgresJSON?).map(LocalizedText.init(stored:)),
            advantage: try row["advantage_id"],
            advantageTitle: try (row["advantage_title"] as PostgresJSON?).map(LocalizedText.init(stored:)),
            cardNumber: try row["card_number"])
    }
}

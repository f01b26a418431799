import CardRules
import JSONRPC
import Postgres

/// One change of a card system, as its feed tells it: ids, names of fields, words of ours; nothing of a person.
struct FeedEntry: ResultRecord {
    let sequence: Int64
    let at: Instant
    let method: String
    let object: ID<Never>?
    let objectKind: String?
    let changedFields: [String]
    let details: JSONObject

    static let fields: [ResultField<FeedEntry>] = [
        .init("sequence", "Its place in the feed. The numbers rise; refused calls leave holes.") { Int($0.sequence) },
        .init("at", "When it happened; business time.") { $0.at },
        .init("kind", "What happened: the method that did it.") { $0.method },
        .init("objectKind", "What kind of thing it happened to, such as `card`.") { $0.objectKind },
        .init("objectId", "Which one.") { $0.object },
        .init("changedFields", "The fields that are different now.") { $0.changedFields },
        .init("details", "Ids of what else it touched, statuses, points; of a check-in its event, holder and card.") {
            JSON.object($0.details)
        },
    ]

    /// `nil` for what changed nothing: a refusal, or somebody's look.
    init?(row: Row) throws {
        guard try row["outcome"] == "done" else { return nil }
        let text: String = try row["details"]
        let note = try JSON(parsing: Array(text.utf8))
        if note["look"] == true { return nil }
        sequence = try row["sequence"]
        at = try row["at"]
        method = try row["method"]
        object = try row["object_id"]
        changedFields = note["fields"]?.array?.compactMap(\.string) ?? []
        var told = note["told"]?.object ?? JSONObject()
        var kind = note["object"]?.string
        if let event: EventID = try row["event_id"] {
            kind = "checkIn"
            let (holder, card): (PassHolderID, CardID) = (try row["holder_id"], try row["card_id"])
            told.members += [
                .init(name: "eventId", value: .string(event.text)),
                .init(name: "passHolderId", value: .string(holder.text)),
                .init(name: "cardId", value: .string(card.text)),
                .init(name: "points", value: .integer(try row["points"])),
            ]
        }
        (details, objectKind) = (told, kind)
    }
}

/// Changes of a card system in their order, between two places of its feed.
struct FeedPage: ResultRecord {
    let cardSystem: CardSystemID
    let after: Int64
    let items: [FeedEntry]
    let nextAfter: Int64
    let isCaughtUp: Bool

    static let fields: [ResultField<FeedPage>] = [
        .init("cardSystemId", "Whose changes they are.") { $0.cardSystem },
        .init("after", "The place that these come after.") { Int($0.after) },
        .init("items", "The changes, oldest first; none does not mean that there are no more.") { $0.items },
        .init("nextAfter", "Give it as `after` to go on.") { Int($0.nextAfter) },
        .init("isCaughtUp", "Whether that was all, for now.") { $0.isCaughtUp },
    ]

    /// Rows of details from which on a page is long enough, in bytes: a call may name hundreds of cards.
    private static let fullBytes = 512 * 1024

    /// Reads on from a place. The trail is the outbox: each change is in it by the transaction that made it, and its
    /// numbers are given out under the lock of the chain's head, so that none comes in later below one that is seen.
    ///
    /// - Parameter limit: How many rows of the trail are looked at, those that tell no change among them.
    init(of cardSystem: CardSystemID, after: Int64, limit: Int, in transaction: Transaction) throws {
        let rows = try transaction.query(
            """
            select a.*, k.event_id, k.holder_id, k.card_id, k.points from (
                select sequence, at, method, outcome, object_id, details from audit
                where card_system_id = \(cardSystem) and sequence > \(after) order by sequence limit \(limit)
            ) as a left join check_in k on k.id = a.object_id
            order by a.sequence
            """)
        var (items, bytes, count) = ([FeedEntry](), 0, 0)
        for row in rows where bytes < Self.fullBytes {
            if let entry = try FeedEntry(row: row) { items.append(entry) }
            bytes += (try row["details"] as String).utf8.count
            count += 1
        }
        (self.cardSystem, self.after, self.items) = (cardSystem, after, items)
        nextAfter = count == 0 ? after : try rows[count - 1]["sequence"]
        isCaughtUp = count == rows.count && count < limit
    }
}

extension Transaction {
    /// The last places of feeds: what happened until now is at or below them.
    func feedHeads(of cardSystems: some Sequence<CardSystemID>) throws -> [CardSystemID: Int64] {
        let rows = try query(
            "select card_system_id, audit_sequence from tenant_head where card_system_id = any (\(Array(cardSystems)))")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0[0], try $0[1]) })
    }
}

extension Call {
    /// Has a change to a person told in every card system where he or she is a member.
    func tellMemberships(of holder: PassHolderID) throws {
        let rows = try acrossCardSystems {
            try transaction.query("select card_system_id from membership where holder_id = \(holder)")
        }
        audit.also.formUnion(try rows.map { try $0[0] })
    }

    /// The last place of the feed of a card system that the caller may follow. A place that is given must not lie
    /// beyond it: it comes from elsewhere, and changes would be missed unseen.
    func feedHead(of cardSystem: CardSystemID, after: Int64?) throws -> Int64 {
        try requireCardSystem(cardSystem)
        try require(serves(cardSystem))
        let head = try transaction.feedHeads(of: [cardSystem])[cardSystem] ?? 0
        if let after, after > head {
            throw InvalidParameters(problems: [Problem(pointer: "/after", reason: "lies beyond the last change")])
        }
        return head
    }
}

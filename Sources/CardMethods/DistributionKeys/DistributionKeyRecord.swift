import CardRules
import JSONRPC
import Postgres

/// How the price of a ticket is made and shared between those who pay it: a name, and terms that follow one another.
struct DistributionKeyRecord: ResultRecord {
    let id: DistributionKeyID
    let cardSystem: CardSystemID
    let name: String
    let version: Int
    /// In force at the instant that was asked; `nil` before the first begins.
    fileprivate(set) var term: DistributionKeyTerm?
    /// Those that begin after it.
    fileprivate(set) var coming: [DistributionKeyTerm] = []

    static let fields: [ResultField<DistributionKeyRecord>] = [
        .init("id", "The distribution key.") { $0.id },
        .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("term", "What it says at the instant; absent before its first term begins.") {
            $0.term.map(DistributionKeyTermRecord.init)
        },
        .init("comingTerms", "What it will say, the next one first.") {
            $0.coming.map(DistributionKeyTermRecord.init)
        },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = "k.id, k.card_system_id, k.name, k.version"

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        version = try row["version"]
    }
}

/// A term of a distribution key as it is told.
struct DistributionKeyTermRecord: ResultRecord {
    let term: DistributionKeyTerm

    static let fields: [ResultField<DistributionKeyTermRecord>] = [
        .init("id", "The term.") { $0.term.id },
        .init("validFrom", "When it begins; it ends when the next one begins.") { $0.term.validFrom },
        .init("isAutomatic", "Whether it is applied without being chosen for an event.") { $0.term.isAutomatic },
        .init("discount", "What the holder pays.") { DiscountRecord(discount: $0.term.discount) },
        .init("conditions", "All of them must hold.") { PriceConditionsRecord(conditions: $0.term.conditions) },
        .init("maximumRegularPriceCents", "Above this regular price the key gives nothing.") {
            $0.term.maximumRegularPrice
        },
        .init("shares", "Who pays the rest.") { $0.term.shares.shares.map(PayerShareRecord.init) },
    ]
}

extension Sequence<DistributionKeyRecord> {
    /// With what each says at an instant and later.
    func withTerms(at instant: Instant, _ transaction: Transaction) throws -> [DistributionKeyRecord] {
        let rows = try transaction.query(
            """
            select \(fragment: DistributionKeyTerm.columns)
            from distribution_key k join distribution_key_term t on t.distribution_key_id = k.id
            where k.id = any (\(map(\.id)))
            """)
        let terms = Dictionary(grouping: try rows.map(DistributionKeyTerm.init(row:)), by: \.key)
        return map { key in
            var key = key
            key.term = DistributionKeyRules.term(of: terms[key.id] ?? [], at: instant)
            key.coming = DistributionKeyRules.coming(of: terms[key.id] ?? [], after: instant)
            return key
        }
    }
}

extension Call {
    /// A distribution key that is visible, of a card system that the method is for. Any other is answered like one that
    /// does not exist.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, as it will be changed.
    func distributionKey(_ id: DistributionKeyID, lock: Bool = false) throws -> DistributionKeyRecord {
        let row = try transaction.first(
            """
            select \(fragment: DistributionKeyRecord.columns) from distribution_key k where k.id = \(id)
            \(fragment: lock ? "for update" : "")
            """)
        guard let row else { throw Refusal(.distributionKeyNotFound, at: "/distributionKeyId") }
        let key = try DistributionKeyRecord(row: row)
        try require(scope.isOperator || scope.cardSystems.contains(key.cardSystem))
        audit.cardSystem = key.cardSystem
        audit.object(id)
        return key
    }

    /// Refuses a name that another key of the card system has.
    func requireFree(keyName name: String?, for id: DistributionKeyID?, in cardSystem: CardSystemID) throws {
        let known = try transaction.first(
            """
            select from distribution_key where card_system_id = \(cardSystem) and name = \(name)
                and id is distinct from \(id)
            """)
        if known != nil { throw Refusal(.distributionKeyNameTaken, at: "/name") }
    }
}

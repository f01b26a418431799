import CardRules
import JSONRPC
import Postgres

/// A batch of cards as its card system sees it, with where they are now.
struct StockBatchRecord: ResultRecord {
    let id: StockBatchID
    let cardSystem: CardSystemID
    let name: String
    let supplier: String?
    let deliveredAt: Instant?
    let createdAt: Instant
    let version: Int
    let counts: [CardsOfBatch]

    static let fields: [ResultField<StockBatchRecord>] = [
        .init("id", "The batch.") { $0.id },
        .init("cardSystemId", "Whose cards they are.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("supplier", "Who made them.") { $0.supplier },
        .init("deliveredAt", "When the last of them came; absent while all are only ordered.") { $0.deliveredAt },
        .init("createdAt", "When it was first named.") { $0.createdAt },
        .init("count", "How many cards there are in all.") { $0.counts.reduce(0) { $0 + $1.count } },
        .init("counts", "How many have which status.") { $0.counts },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let columns: SQL = """
        b.id, b.card_system_id, b.name, b.supplier, b.delivered_at, b.created_at, b.version,
        array(select c.status from card c where c.batch_id = b.id group by 1 order by 1) as statuses,
        array(select count(*) from card c where c.batch_id = b.id group by c.status order by c.status) as numbers
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        supplier = try row["supplier"]
        deliveredAt = try row["delivered_at"]
        createdAt = try row["created_at"]
        version = try row["version"]
        let (statuses, numbers): ([CardStatus], [Int]) = (try row["statuses"], try row["numbers"])
        counts = zip(statuses, numbers).map(CardsOfBatch.init)
    }
}

/// How many cards of a batch have a status.
struct CardsOfBatch: ResultRecord {
    let status: CardStatus
    let count: Int

    static let fields: [ResultField<CardsOfBatch>] = [
        .init("status", "Where they are in their life.") { $0.status },
        .init("count", "How many.") { $0.count },
    ]
}

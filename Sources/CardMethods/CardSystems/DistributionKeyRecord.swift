import CardRules
import JSONRPC
import Postgres

/// How the price of a ticket is shared between those who pay it.
struct DistributionKeyRecord: ResultRecord {
    let id: ID<DistributionKeyKind>
    let cardSystem: CardSystemID
    let name: String
    let holderPercent: Int
    let organizerPercent: Int
    let governmentPercent: Int

    static let fields: [ResultField<DistributionKeyRecord>] = [
        .init("id", "The distribution key.") { $0.id },
        .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("holderPercent", "The pass holder's share of the regular price.") { $0.holderPercent },
        .init("organizerPercent", "The organizer's.") { $0.organizerPercent },
        .init("governmentPercent", "The local government's.") { $0.governmentPercent },
    ]

    static let columns: SQL = """
        k.id, k.card_system_id, k.name, k.holder_percent, k.organizer_percent, k.government_percent
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        holderPercent = try row["holder_percent"]
        organizerPercent = try row["organizer_percent"]
        governmentPercent = try row["government_percent"]
    }
}

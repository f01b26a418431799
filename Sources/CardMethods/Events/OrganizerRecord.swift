import CardRules
import JSONRPC
import Postgres

/// An organizer as it is published, with the card systems that its counters work in.
struct OrganizerRecord: ResultRecord {
    let id: OrganizerID
    let name: LocalizedText
    let address: LocalizedAddress?
    let cardSystems: [CardSystemID]

    static let fields: [ResultField<OrganizerRecord>] = [
        .init("id", "Its UUID in UiTdatabank.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("address", "Its address.") { $0.address },
        .init("cardSystemIds", "The card systems that its counters work in.") { $0.cardSystems },
    ]

    static let columns: SQL = """
        o.id, o.name, o.address, array(select distinct k.card_system_id from counter c
            join counter_card_system k on k.counter_id = c.id where c.organizer_id = o.id order by 1) as card_system_ids
        """

    init(row: Row) throws {
        id = try row["id"]
        name = try LocalizedText(stored: try row["name"])
        address = try (row["address"] as PostgresJSON?).map(LocalizedAddress.init(stored:))
        cardSystems = try row["card_system_ids"]
    }
}

enum OrganizerGet: Method {
    static let declaration = Declaration(
        "organizer.get", .reads, by: [.everyone], "Tells what is known of one organizer.",
        refusals: [.organizerNotFound])

    struct Params: Parameters {
        let organizer: OrganizerID
        init(from reader: inout ParameterReader) {
            organizer = reader.required("organizerId", "Its UUID in UiTdatabank.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> OrganizerRecord {
        let row = try call.asPlatform {
            try call.transaction.first(
                "select \(fragment: OrganizerRecord.columns) from organizer o where o.id = \(params.organizer)")
        }
        guard let row else { throw Refusal(.organizerNotFound) }
        return try OrganizerRecord(row: row)
    }
}

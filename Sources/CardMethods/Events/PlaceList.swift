import CardRules
import JSONRPC
import Postgres

enum PlaceList: Method {
    static let declaration = Declaration(
        "place.list", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counterStaff],
        "Lists places by name, for the locations of counters.")

    struct Params: Parameters {
        let place: PlaceID?
        let name: NamePattern?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            place = reader.optional("placeId", "This one only.")
            name = reader.optional("name", "Part of the name in any language; `*` stands for anything.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PlaceRecord> {
        let conditions: [SQL?] = [
            params.place.map { "p.id = \($0)" }, params.name.map { "p.name_key like '%' || \($0.like) || '%'" },
        ]
        let listing = Listing(
            columns: "p.id, p.name, p.address", tables: "place p", conditions: conditions.compactMap(\.self),
            key: "split_part(p.name_key, chr(10), 1)", id: "p.id")
        return try listing.page(params.page, call.transaction) { try PlaceRecord(row: $0) }
    }
}

/// A place as it is published.
struct PlaceRecord: ResultRecord {
    let id: PlaceID
    let name: LocalizedText
    let address: LocalizedAddress?

    static let fields: [ResultField<PlaceRecord>] = [
        .init("id", "Its UUID in UiTdatabank.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("address", "Its address.") { $0.address },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try LocalizedText(stored: try row["name"])
        address = try (row["address"] as PostgresJSON?).map(LocalizedAddress.init(stored:))
    }
}

import CardRules
import JSONRPC
import Postgres

enum MunicipalityList: Method {
    static let declaration = Declaration(
        "municipality.list", .reads, by: [.everyone], "Lists the municipalities of a card system by name.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<MunicipalityRecord> {
        try call.asPlatform {
            try call.requireCardSystem(params.cardSystem)
            let list = Listing(
                columns: MunicipalityRecord.columns, tables: "municipality m",
                conditions: ["m.card_system_id = \(params.cardSystem)"], key: "lower(m.name)", id: "m.id")
            return try list.page(params.page, call.transaction, MunicipalityRecord.init(row:))
        }
    }
}

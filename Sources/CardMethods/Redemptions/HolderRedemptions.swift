import CardRules
import JSONRPC
import Postgres

enum HolderRedemptions: Method {
    static let declaration = Declaration(
        "holder.redemptions", .reads, by: [.holder],
        "Lists the advantages that the caller, or somebody of his family, took, the newest first, with their codes.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: OwnHolderParams
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = OwnHolderParams(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<RedemptionRecord> {
        let listing = Listing(
            columns: RedemptionRecord.columns, tables: RedemptionRecord.tables,
            conditions: ["r.holder_id = \(try call.ownHolder(params.holder))"], key: nil, id: "r.id",
            isDescending: true)
        return try call.asPlatform { try listing.page(params.page, call.transaction, RedemptionRecord.init) }
    }
}

import CardRules
import JSONRPC
import Postgres

enum RedemptionList: Method {
    static let declaration = Declaration(
        "redemption.list", .reads, by: .staff(.advantageRead),
        "Lists redemptions, newest first: a counter's own, an administrator's all (ADV-19, S13).",
        details: "Of a pass holder who is named, by id or card, a counter sees all that was taken where it works.")

    struct Params: Parameters {
        let id: RedemptionID?
        let filter: RedemptionFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            id = reader.optional("redemptionId", "This one only.")
            filter = RedemptionFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<RedemptionRecord> {
        let listing = Listing(
            columns: RedemptionRecord.columns, tables: RedemptionRecord.tables,
            conditions: params.filter.conditions(for: call) + (params.id.map { ["r.id = \($0)"] } ?? []),
            key: nil, id: "r.id", isDescending: true)
        return try call.asPlatform { try listing.page(params.page, call.transaction, RedemptionRecord.init) }
    }
}

import CardRules
import JSONRPC
import Postgres

enum CheckInList: Method {
    static let declaration = Declaration(
        "checkIn.list", .reads, by: .staff(.checkInRead),
        "Lists check-ins, newest first: a counter's own, an administrator's all (CHK-10, S11).",
        details: "Filters by event, time, counter, pillar, pass holder, and by the check-in's own id.")

    struct Params: Parameters {
        let filter: CheckInFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = CheckInFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CheckInRecord> {
        let matching = params.filter.condition(call)
        let total: Int? =
            params.page.withTotal
            ? try call.transaction.query("select count(*) from check_in k where \(fragment: matching)")[0][0] : nil
        let after = params.page.after.map { "k.id < \($0.id)" as SQL } ?? "true"
        let rows = try call.acrossCardSystems {
            // A card of another card system may have been used here.
            try call.transaction.query(
                """
                \(fragment: CheckInRecord.select) where \(fragment: matching) and \(fragment: after)
                order by k.id desc limit \(params.page.limit + 1)
                """)
        }
        return params.page.page(try rows.map(CheckInRecord.init), total: total) { PageCursor(id: $0.id) }
    }
}

import CardRules
import JSONRPC
import Postgres

enum PassSaleTotals: Method {
    static let declaration = Declaration(
        "passSale.totals", .reads, by: [.operator, .cardSystemAdministrator],
        "Sums the passes that were sold in a card system, by counter and by what they were issued for.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let filter: PassSaleFilter
        init(from reader: inout ParameterReader) { filter = PassSaleFilter(from: &reader) }
    }

    struct Result: ResultRecord {
        let sums: [PassSaleSum]

        static let fields: [ResultField<Result>] = [
            .init("sums", "One for each counter and reason with sales.") { $0.sums },
            .init("count", "All passes.") { $0.sums.reduce(0) { $0 + $1.count } },
            .init("priceCents", "What was paid for all, in cents.") { $0.sums.reduce(0) { $0 + $1.price } },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let conditions = SQL.joined(try params.filter.conditions(in: call), separator: " and ")
        let rows = try call.transaction.query(
            """
            select s.counter_id, s.reason, count(*), sum(s.price_cents)::bigint, count(s.voucher_id) from pass_sale s
            where \(fragment: conditions) group by 1, 2 order by 1, 2
            """)
        return Result(
            sums: try rows.map {
                PassSaleSum(
                    counter: try $0[0], reason: try $0[1], count: try $0[2], price: try $0[3], vouchers: try $0[4])
            })
    }
}

/// The passes that a counter sold for a reason.
struct PassSaleSum: ResultRecord {
    let counter: CounterID?
    let reason: PriceReason
    let count: Int
    let price: Int
    let vouchers: Int

    static let fields: [ResultField<PassSaleSum>] = [
        .init("counterId", "Where; absent if at no counter.") { $0.counter },
        .init("reason", "What the cards were issued for.") { $0.reason },
        .init("count", "How many passes.") { $0.count },
        .init("priceCents", "What was paid, in cents.") { $0.price },
        .init("voucherCount", "With how many vouchers.") { $0.vouchers },
    ]
}

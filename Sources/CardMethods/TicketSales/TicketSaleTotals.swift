import CardRules
import JSONRPC
import Postgres

enum TicketSaleTotals: Method {
    static let declaration = Declaration(
        "ticketSale.totals", .reads, by: .staff(.ticketSaleRead),
        "Sums ticket sales by card system and tariff, with who pays what (S12).",
        details: "Those that stand, confirmed or reserved, unless a status is asked. Filters are those of the list.")

    struct Params: Parameters {
        let filter: TicketSaleFilter
        init(from reader: inout ParameterReader) { filter = TicketSaleFilter(from: &reader) }
    }

    struct Result: ResultRecord {
        let sums: [TicketSaleSum]

        static let fields: [ResultField<Result>] = [
            .init("sums", "One for each card system and tariff with sales.") { $0.sums },
            .init("count", "All tickets.") { $0.sums.reduce(0) { $0 + $1.count } },
            .init("regularPriceCents", "What they would have cost, in cents.") {
                $0.sums.reduce(0) { $0 + $1.regular }
            },
            .init("priceCents", "What the holders paid, in cents.") { $0.sums.reduce(0) { $0 + $1.price } },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        var conditions = try params.filter.conditions(in: call)
        if params.filter.status == nil {
            conditions.append("(t.status = 'confirmed' or t.status = 'reserved' and t.reserved_until > \(call.now))")
        }
        let rows = try call.asPlatform {
            try call.transaction.query(
                """
                select t.card_system_id, t.tariff, q.number, count(*), sum(t.regular_price_cents)::bigint,
                    sum(t.price_cents)::bigint, \(fragment: shares)
                from \(fragment: TicketSaleRecord.tables) where \(fragment: SQL.joined(conditions, separator: " and "))
                group by 1, 2, 3 order by 1, 2 desc, 3
                """)
        }
        return Result(
            sums: try rows.map { row in
                TicketSaleSum(
                    cardSystem: try row[0], tariff: try (row[2] as Int?).map(TariffName.coupon) ?? .opportunity,
                    count: try row[3], regular: try row[4], price: try row[5],
                    shares: try Payer.allCases.enumerated().compactMap { index, payer in
                        let cents: Int = try row[6 + index]
                        return cents == 0 ? nil : PayerSum(payer: payer, cents: cents)
                    })
            })
    }

    /// What each kind of payer pays of all.
    private static let shares: SQL = .joined(
        Payer.allCases.map { payer -> SQL in
            """
            coalesce(sum(coalesce(t.payer_cents[array_position(t.payers, \(payer.rawValue))], 0)), 0)::bigint
            """
        }, separator: ", ")
}

/// The tickets of one tariff.
struct TicketSaleSum: ResultRecord {
    let cardSystem: CardSystemID
    let tariff: TariffName
    let count: Int
    let regular: Int
    let price: Int
    let shares: [PayerSum]

    static let fields: [ResultField<TicketSaleSum>] = [
        .init("cardSystemId", "Whose tariff or coupon it is.") { $0.cardSystem },
        .init("tariffId", "`OPPORTUNITY`, or `COUPON_` and a number.") { $0.tariff },
        .init("count", "Tickets.") { $0.count },
        .init("regularPriceCents", "What they would have cost, in cents.") { $0.regular },
        .init("priceCents", "What the holders paid, in cents.") { $0.price },
        .init("shares", "Who pays the rest.") { $0.shares },
    ]
}

/// What one kind of payer pays.
struct PayerSum: ResultRecord {
    let payer: Payer
    let cents: Int

    static let fields: [ResultField<PayerSum>] = [
        .init("payer", "Who pays.") { $0.payer }, .init("cents", "How much, in cents.") { $0.cents },
    ]
}

import CardRules
import Postgres

/// A distribution key that sales are settled by anew.
struct CorrectingKey {
    private let terms: [DistributionKeyTerm]
    private let termAt: Instant?

    /// - Parameter termAt: Which of its terms holds; `nil` for that of each sale's instant.
    init(_ id: DistributionKeyID, of cardSystem: CardSystemID, termAt: Instant?, in call: Call) throws {
        let rows = try call.transaction.query(
            """
            select \(fragment: DistributionKeyTerm.columns) from distribution_key k
            join distribution_key_term t on t.distribution_key_id = k.id
            where k.id = \(id) and k.card_system_id = \(cardSystem)
            """)
        if rows.isEmpty { throw Refusal(.distributionKeyNotFound, at: "/distributionKeyId") }
        terms = try rows.map(DistributionKeyTerm.init)
        self.termAt = termAt
    }

    func term(soldAt instant: Instant) -> DistributionKeyTerm? {
        DistributionKeyRules.term(of: terms, at: termAt ?? instant)
    }
}

/// What has to be known to settle sales anew; read where all card systems are visible.
enum CorrectedSales {
    /// How a sale was settled.
    struct Settled {
        let term: DistributionKeyTermID
        let parts: [PayerPart]
    }

    /// Sales whose buyers are read in one round trip: each as of its own instant.
    private static let step = 200

    /// The facts of sales, in their order. Who bought is seen as he was when he did.
    static func facts(
        of sales: [TicketSaleRecord], at now: Instant, in call: Call
    ) throws -> [TicketSaleCorrection.Facts] {
        let terms = try call.transaction.query(
            """
            select id, distribution_key_term_id from ticket_sale
            where id = any (\(sales.map(\.id))) and distribution_key_term_id is not null
            """
        ).map { (try $0[0] as TicketSaleID, try $0[1] as DistributionKeyTermID) }
        let ofSales = Dictionary(uniqueKeysWithValues: terms)
        var facts: [TicketSaleCorrection.Facts] = []
        for start in stride(from: 0, to: sales.count, by: step) {
            let some = sales[start..<min(start + step, sales.count)]
            for (sale, buyer) in zip(some, try buyers(of: some, in: call)) {
                facts.append(
                    TicketSaleCorrection.Facts(
                        status: sale.status, cardSystem: sale.cardSystem, organizer: sale.organizer,
                        regularPrice: sale.regularPrice, price: sale.price, term: ofSales[sale.id], parts: sale.parts,
                        buyer: buyer))
            }
        }
        return facts
    }

    private static func buyers(of sales: ArraySlice<TicketSaleRecord>, in call: Call) throws -> [Buyer] {
        let readings = sales.map { sale in
            TicketBuyers(
                cards: CardNumber(text: sale.cardNumber).map { [.number($0)] } ?? [], instant: sale.soldAt, isPast: true
            )
        }
        let answers = try call.transaction.run(readings.flatMap(\.statements))
        return try zip(sales, readings.indices).map { sale, index in
            let row = try readings[index].read(answers[2 * index..<2 * index + 2]).values.first
            let nobody = Buyer(hasOpportunityHere: false, hasOpportunityAnywhere: false, age: nil, municipality: nil)
            return row?.buyer?.buyer(in: sale.cardSystem, on: Brussels.date(sale.soldAt)) ?? nobody
        }
    }

    /// How sales were settled before their last corrections; those without one are missing.
    static func before(_ ids: [TicketSaleID], in call: Call) throws -> [TicketSaleID: Settled] {
        let rows = try call.transaction.query(
            """
            select distinct on (n.ticket_sale_id) n.ticket_sale_id, n.distribution_key_term_id, n.payers,
                array_to_string(n.payer_ids, ',', '') as payer_ids, n.payer_cents
            from ticket_sale_correction n where n.ticket_sale_id = any (\(ids))
            order by n.ticket_sale_id, n.number desc
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                (
                    try row["ticket_sale_id"],
                    Settled(term: try row["distribution_key_term_id"], parts: try TicketSaleRecord.parts(row))
                )
            })
    }
}

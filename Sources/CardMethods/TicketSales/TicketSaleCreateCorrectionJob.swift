import CardRules
import JSONRPC
import Postgres

enum TicketSaleCreateCorrectionJob: Method {
    static let declaration = Declaration(
        "ticketSale.createCorrectionJob", .writes, by: [.cardSystemAdministrator, .operator],
        "Makes a job that settles the sales of an event anew that had the wrong distribution key (S12).",
        details: "With `distributionKeyId` each is settled by that key, as by `ticketSale.correct`: what holders paid "
            + "stays. Without, the last correction of each is undone. Its rows are the sales at the opportunity tariff "
            + "that stand and would be settled otherwise, as if a file of them had been uploaded and validated; those "
            + "that the key does not fit are among them, and stay as they are. The answer sums up who pays what "
            + "before and after; `job.outcome` gives the file, with what would become of each; `job.preview` tries it "
            + "out, and `job.start` does it.",
        refusals: [.cardSystemNotFound, .distributionKeyNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let event: EventID
        let from: Instant?
        let until: Instant?
        let key: DistributionKeyID?
        let termAt: Instant?
        let reason: String
        let name: String?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Sales at tariffs of this card system.")
            event = reader.required("eventId", "For this event.")
            from = reader.optional("from", "Sold at this instant or later.")
            until = reader.optional("until", "Sold before this instant.")
            key = reader.optional("distributionKeyId", "The right key; absent to undo the last corrections.")
            termAt = reader.optional(
                "termAt", "As the key was at this instant; if absent, as it was when each ticket was sold.")
            reason = reader.required("reason", "Why; is kept with every sale.")
            name = reader.optional("name", "What the job is called.")
            if let from, let until, from >= until { reader.refuse("until", "must be after from") }
            if key == nil, termAt != nil { reader.refuse("termAt", "needs distributionKeyId") }
        }
    }

    struct Result: ResultRecord {
        let job: JobRecord
        let plan: [PlannedCorrection]

        static let fields: [ResultField<Result>] = [
            .init("job", "The job; its `id` is what `job.preview` and `job.start` take.") { $0.job },
            .init("corrected", "Sales that would be settled otherwise.") { $0.corrections.count },
            .init("notFitting", "Sales that stay as they are, for the key does not fit.") {
                $0.plan.count - $0.corrections.count
            },
            .init("priceDifferenceCents", "What the key would have asked of the holders more than they paid.") {
                $0.corrections.reduce(0) { $0 + $1.keyPrice - $1.sale.price }
            },
            .init("before", "Who pays what of the sales that would be settled otherwise.") {
                PayerSum.sums($0.corrections.flatMap(\.sale.parts))
            },
            .init("after", "Who would.") { PayerSum.sums($0.corrections.flatMap(\.parts)) },
        ]

        private var corrections: [PlannedCorrection] { plan.filter(\.isFitting) }
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireCardSystem(params.cardSystem)
        call.audit.cardSystem = params.cardSystem
        let declaration =
            params.key == nil ? TicketSaleUndoCorrection.declaration : TicketSaleCorrect.declaration
        let work = try call.requireWork(declaration.name, in: params.cardSystem)
        let plan = try call.asPlatform { try PlannedCorrection.plan(params, in: call) }
        let fixed: [JSONObject.Member?] = [
            .init(name: "reason", value: .string(params.reason)),
            params.key.map { .init(name: "distributionKeyId", value: .string($0.text)) },
            params.termAt.map { .init(name: "termAt", value: .string($0.text)) },
        ]
        let job = NewJob(
            id: call.newID(), cardSystem: params.cardSystem, work: work, name: params.name ?? params.reason,
            fixed: JSONObject(fixed.compactMap(\.self)))
        let prepared = try call.prepare(job, columns: PlannedCorrection.columns, rows: plan.map(\.row))
        return Result(job: prepared, plan: plan)
    }
}

/// What would become of a sale.
struct PlannedCorrection {
    let sale: TicketSaleRecord
    /// What the key would have asked of the holder, in cents.
    let keyPrice: Int
    /// Who would pay the rest; as it is for a sale that the key does not fit.
    let parts: [PayerPart]
    let isFitting: Bool

    /// What stands under `ksb.` is for the eyes of whoever reads the file.
    static let columns = [
        "ticketSaleId", "ksb.soldAt", "ksb.regularPriceCents", "ksb.priceCents", "ksb.keyPriceCents", "ksb.before",
        "ksb.after",
    ]

    var row: [String] {
        func text(_ parts: [PayerPart]) -> String {
            parts.map { "\($0.payer.rawValue) \($0.cents)" }.joined(separator: " ")
        }
        return [
            sale.id.text, sale.soldAt.text, String(sale.regularPrice), String(sale.price),
            isFitting ? String(keyPrice) : "", text(sale.parts), isFitting ? text(parts) : "",
        ]
    }

    fileprivate static func plan(
        _ params: TicketSaleCreateCorrectionJob.Params, in call: Call
    ) throws -> [PlannedCorrection] {
        let conditions: [SQL?] = [
            "t.card_system_id = \(params.cardSystem)", "t.event_id = \(params.event)", "t.tariff = 'opportunity'",
            "(t.status = 'confirmed' or t.status = 'reserved' and t.reserved_until > \(call.now))",
            params.from.map { "t.sold_at >= \($0)" }, params.until.map { "t.sold_at < \($0)" },
        ]
        let sales = try call.transaction.query(
            """
            select \(fragment: TicketSaleRecord.columns) from \(fragment: TicketSaleRecord.tables)
            where \(fragment: SQL.joined(conditions.compactMap(\.self), separator: " and ")) order by t.id
            """
        ).map { try TicketSaleRecord(row: $0, at: call.now, sight: nil) }
        guard let key = params.key else { return try undoing(sales, in: call) }
        let right = try CorrectingKey(key, of: params.cardSystem, termAt: params.termAt, in: call)
        return try zip(sales, CorrectedSales.facts(of: sales, at: call.now, in: call)).compactMap { sale, facts in
            switch TicketSaleCorrection.decide(facts, by: right.term(soldAt: sale.soldAt)) {
            case .success(let correction):
                PlannedCorrection(
                    sale: sale, keyPrice: correction.keyPrice, parts: correction.parts, isFitting: true)
            case .failure(let refusal) where refusal.kind == .ticketSaleSharesUnchanged: nil
            case .failure: PlannedCorrection(sale: sale, keyPrice: sale.price, parts: sale.parts, isFitting: false)
            }
        }
    }

    private static func undoing(_ sales: [TicketSaleRecord], in call: Call) throws -> [PlannedCorrection] {
        let before = try CorrectedSales.before(sales.map(\.id), in: call)
        return sales.compactMap { sale in
            before[sale.id].map {
                PlannedCorrection(sale: sale, keyPrice: sale.price, parts: $0.parts, isFitting: true)
            }
        }
    }
}

extension PayerSum {
    /// What each kind of payer pays of all, those that pay something.
    static func sums(_ parts: [PayerPart]) -> [PayerSum] {
        Payer.allCases.compactMap { payer in
            let cents = parts.filter { $0.payer == payer }.reduce(0) { $0 + $1.cents }
            return cents == 0 ? nil : PayerSum(payer: payer, cents: cents)
        }
    }
}

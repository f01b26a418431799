import CardRules
import JSONRPC
import Postgres

enum PriceListSet: Method {
    static let declaration = Declaration(
        "priceList.set", .writes, by: [.operator, .cardSystemAdministrator],
        "Sets the whole list of what passes cost in a card system from a day on (R-052, R-053).",
        details: "Earlier lists stay: what was sold is told by them. No two rows may be for the same pass. Without "
            + "rows passes are free.",
        refusals: [.cardSystemNotFound, .passVoucherTypeNotFound, .priceRowOverlaps])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let version: Int?
        let effectiveFrom: CivilDate?
        let rows: [PriceRowParams]

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            version = reader.optional("version", "The lastVersion when it was read; else whatever it is now.")
            effectiveFrom = reader.optional("effectiveFrom", "The first day, today or later; today if absent.")
            rows = reader.required("rows", "All prices, in the order in which they are shown.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PriceListRecord {
        try call.requireAdministered(params.cardSystem)
        let today = Brussels.date(call.now)
        let day = params.effectiveFrom ?? today
        if day < today {
            throw InvalidParameters(problems: [Problem(pointer: "/effectiveFrom", reason: "must not lie in the past")])
        }
        // One list after another.
        try call.transaction.execute("select from card_system where id = \(params.cardSystem) for update")
        let last: Int = try call.transaction.query(
            "select coalesce(max(version), 0) from price_list where card_system_id = \(params.cardSystem)")[0][0]
        try call.requireVersion(params.version, is: last, changed: ["rows"])
        try reasons(params, in: call).refuse()
        let id: PriceListID = call.newID()
        call.audit.object(id)
        call.audit.changedFields = ["rows", "effectiveFrom"]
        try call.transaction.run(
            [
                """
                insert into price_list (id, card_system_id, version, effective_from, created_at, account_id)
                values (\(id), \(params.cardSystem), \(last + 1), \(day), \(call.now), \(call.caller.accountID))
                """
            ] + params.rows.enumerated().map { insert($0.element, at: $0.offset, of: id, params.cardSystem) })
        return try call.priceList(of: params.cardSystem, on: day)
    }

    /// Everything that is against the rows.
    private static func reasons(_ params: Params, in call: Call) throws -> [Reason] {
        let known = Set(
            try call.transaction.query(
                "select id from pass_voucher_type where card_system_id = \(params.cardSystem)"
            ).map { try $0[0] as PassVoucherTypeID })
        let unknown = params.rows.enumerated().compactMap { index, row -> Reason? in
            guard let type = row.row.voucherType, !known.contains(type) else { return nil }
            return Reason(.passVoucherTypeNotFound, at: "/rows/\(index)/passVoucherTypeId")
        }
        return unknown + PriceList(params.rows.map(\.row)).reasons
    }

    private static func insert(
        _ params: PriceRowParams, at position: Int, of list: PriceListID, _ cardSystem: CardSystemID
    ) -> SQL {
        let row = params.row
        return """
            insert into price_row (card_system_id, price_list_id, position, label, description, reason, card_type,
                has_opportunity, is_resident, age_from, age_until, voucher_type_id, price_cents)
            values (\(cardSystem), \(list), \(position), \(params.label), \(params.description), \(row.reason),
                \(row.cardType), \(row.hasOpportunity), \(row.isResident), \(row.ages.from), \(row.ages.until),
                \(row.voucherType), \(row.price))
            """
    }
}

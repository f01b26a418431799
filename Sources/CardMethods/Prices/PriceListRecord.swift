import CardRules
import JSONRPC
import Postgres

extension PriceReason: WordParameter, PostgresValue {}

/// The prices of a card system on a day.
struct PriceListRecord: ResultRecord {
    /// `nil` if the card system never set any.
    let id: PriceListID?
    /// 0 if the card system never set any.
    let version: Int
    let effectiveFrom: CivilDate?
    /// The version that was set last, whenever it takes effect.
    let lastVersion: Int
    let rows: [PriceRowRecord]

    static let fields: [ResultField<PriceListRecord>] = [
        .init("version", "Which of the card system's lists it is; 0 if there is none: passes are free.") {
            $0.version
        },
        .init("lastVersion", "The list that was set last, perhaps for a day to come.") { $0.lastVersion },
        .init("effectiveFrom", "The first day of the list.") { $0.effectiveFrom },
        .init("rows", "The prices; none means that passes are free.") { $0.rows },
    ]

    var list: PriceList { PriceList(rows.map(\.row)) }
}

extension Call {
    /// The list that holds on a day: of those whose day has come the latest, of several of one day the last version.
    func priceList(of cardSystem: CardSystemID, on day: CivilDate) throws -> PriceListRecord {
        let last = try transaction.first(
            "select version from price_list where card_system_id = \(cardSystem) order by version desc limit 1")
        let list = try transaction.first(
            """
            select id, version, effective_from from price_list
            where card_system_id = \(cardSystem) and effective_from <= \(day)
            order by effective_from desc, version desc limit 1
            """)
        guard let list else {
            return PriceListRecord(
                id: nil, version: 0, effectiveFrom: nil, lastVersion: try last?["version"] ?? 0, rows: [])
        }
        let id: PriceListID = try list["id"]
        let rows = try transaction.query(
            """
            select label, description, reason, card_type, has_opportunity, is_resident, age_from, age_until,
                voucher_type_id, price_cents
            from price_row where price_list_id = \(id) order by position
            """
        ).map(PriceRowRecord.init)
        return PriceListRecord(
            id: id, version: try list["version"], effectiveFrom: try list["effective_from"],
            lastVersion: try last?["version"] ?? 0, rows: rows)
    }
}

import CardRules
import JSONRPC
import Postgres

enum CardSystemList: Method {
    static let declaration = Declaration(
        "cardSystem.list", .reads, by: [.everyone],
        "Lists card systems: the permanent ones, unless asked otherwise (CSY-01).",
        details: "By distance, the nearest municipality of each counts; those whose place is not known come last.",
        refusals: [.postalCodeRequired, .postalCodeUnknown])

    enum Order: String, WordParameter { case name, distance }

    struct Params: Parameters {
        let withTemporary: Bool
        let order: Order
        let postalCode: BelgianPostalCode?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            withTemporary = reader.optional(
                "withTemporary", default: false, "Whether those are listed too that exist for a while only.")
            order = reader.optional("sort", default: .name, "By name, or by distance from the postal code.")
            postalCode = reader.optional("postalCode", "From where distances are measured.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CardSystemRecord> {
        try call.asPlatform {
            let distance = try distance(params, call)
            var list = Listing(
                columns: "\(fragment: CardSystemRecord.columns), \(fragment: distance ?? "null::bigint") as distance",
                tables: "card_system s", key: "lower(s.name)", id: "s.id")
            if let distance {
                // Eight digits hold half of the earth's circumference.
                list.key = "lpad(coalesce(\(fragment: distance), 99999999)::text, 8, '0')"
            }
            if !params.withTemporary { list.conditions.append("s.is_permanent") }
            let page = try list.page(params.page, call.transaction) {
                try CardSystemRecord(row: $0, distance: $0["distance"])
            }
            let municipalities = Dictionary(
                grouping: try call.municipalities(of: page.items.map(\.id)), by: \.cardSystem)
            let items = page.items.map { cardSystem in
                var cardSystem = cardSystem
                cardSystem.municipalities = municipalities[cardSystem.id] ?? []
                return cardSystem
            }
            return Page(items: items, nextCursor: page.nextCursor, total: page.total)
        }
    }

    /// The metres from the postal code to the nearest municipality, on a globe; `nil` if not to be sorted by it.
    private static func distance(_ params: Params, _ call: Call) throws -> SQL? {
        guard params.order == .distance else { return nil }
        guard let postalCode = params.postalCode else { throw Refusal(.postalCodeRequired, at: "/postalCode") }
        let row = try call.transaction.first(
            """
            select m.latitude_microdegrees, m.longitude_microdegrees
            from municipality_postal_code p join municipality m on m.id = p.municipality_id
            where p.postal_code = \(postalCode) and m.latitude_microdegrees is not null order by m.id limit 1
            """)
        guard let row else { throw Refusal(.postalCodeUnknown, at: "/postalCode") }
        let (latitude, longitude): (Int, Int) = (try row[0], try row[1])
        return """
            (select min(round(2 * 6371000 * asin(sqrt(least(1,
                sin(radians((m.latitude_microdegrees - \(latitude)) / 1e6) / 2) ^ 2
                + cos(radians(m.latitude_microdegrees / 1e6)) * cos(radians(\(latitude) / 1e6))
                * sin(radians((m.longitude_microdegrees - \(longitude)) / 1e6) / 2) ^ 2))))::bigint)
            from municipality m where m.card_system_id = s.id)
            """
    }
}

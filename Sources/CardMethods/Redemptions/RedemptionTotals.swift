import CardRules
import JSONRPC
import Postgres

enum RedemptionTotals: Method {
    static let declaration = Declaration(
        "redemption.totals", .reads, by: Access(Access.staff(.advantageRead).ways + [.municipalityAdministrator]),
        "Counts redemptions by advantage, the most taken first: those of `redemption.list` (S13).",
        details: "A municipality administrator sees those of its advantages and of its counters.")

    struct Params: Parameters {
        let filter: RedemptionFilter
        let limit: PageLimit

        init(from reader: inout ParameterReader) {
            filter = RedemptionFilter(from: &reader)
            limit = reader.optional("limit", default: PageLimit(count: 100), "How many advantages at most.")
        }
    }

    struct Result: ResultRecord {
        let taken: Int
        let cancelled: Int
        let points: Int
        let advantages: [Line]

        static let fields: [ResultField<Result>] = [
            .init("taken", "How many stand.") { $0.taken },
            .init("cancelled", "How many were cancelled.") { $0.cancelled },
            .init("points", "What those that stand cost together, in points.") { $0.points },
            .init("advantages", "The same of each advantage.") { $0.advantages },
        ]
    }

    struct Line: ResultRecord {
        let advantage: AdvantageID
        let title: LocalizedText
        let type: String
        let taken: Int
        let cancelled: Int
        let points: Int

        static let fields: [ResultField<Line>] = [
            .init("advantageId", "What was taken.") { $0.advantage },
            .init("title", "What it is called.") { $0.title },
            .init("type", "`welcome` or `exchange`.") { $0.type },
            .init("taken", "How many stand.") { $0.taken },
            .init("cancelled", "How many were cancelled.") { $0.cancelled },
            .init("points", "What those that stand cost together, in points.") { $0.points },
        ]

        init(row: Row) throws {
            advantage = try row["advantage_id"]
            title = try LocalizedText(stored: try row["title"])
            type = try row["type"]
            (taken, cancelled, points) = (try row["taken"], try row["cancelled"], try row["points"])
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let conditions = params.filter.conditions + [scope(params, call)]
        let matching = SQL.joined(conditions, separator: " and ")
        let sums: SQL = """
            count(*) filter (where r.cancelled_at is null) as taken, count(r.cancelled_at) as cancelled,
            coalesce(sum(r.points) filter (where r.cancelled_at is null), 0)::bigint as points
            """
        let tables: SQL = "redemption r join advantage a on a.id = r.advantage_id"
        return try call.asPlatform {
            let results = try call.transaction.run([
                "select \(fragment: sums) from \(fragment: tables) where \(fragment: matching)",
                """
                select r.advantage_id, a.title, a.type, \(fragment: sums)
                from \(fragment: tables) where \(fragment: matching)
                group by r.advantage_id, a.title, a.type order by taken desc, r.advantage_id
                limit \(params.limit.count)
                """,
            ])
            let all = results[0][0]
            return Result(
                taken: try all["taken"], cancelled: try all["cancelled"], points: try all["points"],
                advantages: try results[1].map(Line.init))
        }
    }

    private static func scope(_ params: Params, _ call: Call) -> SQL {
        let own = params.filter.conditions(for: call).last!
        let municipalities = Array(call.scope.municipalities.keys)
        // Of pass holders it sees nothing.
        if municipalities.isEmpty || params.filter.isOfPerson { return own }
        return """
            (\(fragment: own) or a.municipality_id = any (\(municipalities)) or exists (
                select from counter k where k.id = r.counter_id and k.municipality_id = any (\(municipalities))))
            """
    }
}

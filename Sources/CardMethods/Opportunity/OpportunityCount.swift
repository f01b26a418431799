import CardRules
import JSONRPC
import Postgres

enum OpportunityCount: Method {
    static let declaration = Declaration(
        "opportunity.count", .reads, by: .staff(.passHolderRegisterOpportunity),
        "Counts the opportunity statuses of a card system by end date, the first one first.",
        refusals: [.cardSystemNotFound, .municipalityNotFound])

    struct Params: Parameters {
        let filter: OpportunityFilter
        init(from reader: inout ParameterReader) { filter = OpportunityFilter(from: &reader) }
    }

    struct Result: ResultRecord {
        let counts: [CountOfDay]

        static let fields: [ResultField<Result>] = [
            .init("counts", "One for each end date that there is.") { $0.counts },
            .init("total", "All of them.") { $0.counts.reduce(0) { $0 + $1.count } },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let condition = try params.filter.condition(in: call)
        let people: SQL = params.filter.municipality == nil ? "" : "join pass_holder h on h.id = m.holder_id"
        let rows = try call.transaction.query(
            """
            select m.opportunity_end_date, count(*) from membership m \(fragment: people)
            where \(fragment: condition) group by 1 order by 1
            """)
        return Result(counts: try rows.map { CountOfDay(endDate: try $0[0], count: try $0[1]) })
    }
}

/// How many opportunity statuses end on a day.
struct CountOfDay: ResultRecord {
    let endDate: CivilDate
    let count: Int

    static let fields: [ResultField<CountOfDay>] = [
        .init("endDate", "The last entitled day.") { $0.endDate },
        .init("count", "How many.") { $0.count },
    ]
}

import CardRules
import JSONRPC
import Postgres

enum CheckInCount: Method {
    static let declaration = Declaration(
        "checkIn.count", .reads, by: .staff(.checkInRead),
        "Counts the check-ins that `checkIn.list` lists with the same filters, and adds their points up (S11).")

    struct Params: Parameters {
        let filter: CheckInFilter
        init(from reader: inout ParameterReader) { filter = CheckInFilter(from: &reader) }
    }

    struct Result: ResultRecord {
        let standing: Int
        let cancelled: Int
        let points: Int
        let holders: Int

        static let fields: [ResultField<Result>] = [
            .init("standing", "Check-ins that stand.") { $0.standing },
            .init("cancelled", "Check-ins that were cancelled.") { $0.cancelled },
            .init("points", "What those that stand gave, in points.") { $0.points },
            .init("passHolders", "How many people checked in, those whose check-ins stand.") { $0.holders },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let row = try call.transaction.query(
            """
            select count(*) filter (where k.cancelled_at is null) as standing,
                count(*) filter (where k.cancelled_at is not null) as cancelled,
                coalesce(sum(k.points) filter (where k.cancelled_at is null), 0)::bigint as points,
                count(distinct k.holder_id) filter (where k.cancelled_at is null) as holders
            from check_in k where \(fragment: params.filter.condition(call))
            """)[0]
        return Result(
            standing: try row["standing"], cancelled: try row["cancelled"], points: try row["points"],
            holders: try row["holders"])
    }
}

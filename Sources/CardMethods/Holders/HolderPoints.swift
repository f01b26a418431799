import CardRules
import JSONRPC
import Postgres

enum HolderPoints: Method {
    static let declaration = Declaration(
        "holder.points", .reads, by: [.holder], "Tells the points of the caller, or of somebody of his family.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: OwnHolderParams
        init(from reader: inout ParameterReader) { holder = OwnHolderParams(from: &reader) }
    }

    struct Result: ResultRecord {
        let holder: PassHolderID
        let points: Int
        let owed: Int

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "Whose points.") { $0.holder },
            .init("points", "The balance, in points; negative while something is owed.") { $0.points },
            .init("pointsOwed", "What later check-ins pay first, in points.") { $0.owed },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let holder = try call.ownHolder(params.holder)
        let row = try call.transaction.query(
            """
            select \(fragment: PointsBalance.shown(of: "h.id")) as points,
                \(fragment: PointsBalance.owed(by: "h.id")) as owed
            from (select \(holder)::uuid as id) h
            """)[0]
        return Result(holder: holder, points: try row["points"], owed: try row["owed"])
    }
}

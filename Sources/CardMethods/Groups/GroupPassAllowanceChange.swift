import CardRules
import JSONRPC
import Postgres

enum GroupPassAllowanceChange: Method {
    static let declaration = Declaration(
        "groupPassAllowance.change", .writes, by: .staff(.groupPassWrite),
        "Gives a group more tickets this calendar year, or takes some back (GRP-03).",
        refusals: [.groupPassNotFound, .groupPassAllowanceTooSmall])

    enum Tickets: IntegerRange { static let range = -100_000...100_000 }

    struct Params: Parameters {
        let pass: GroupPassID
        let change: Bounded<Tickets>
        let reason: String

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            change = reader.required("change", "How many tickets more; fewer if negative.")
            if change.value == 0 { reader.refuse("change", "must not be 0") }
            reason = reader.required("reason", "Why; is kept with the allowance.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        let year = Brussels.date(call.now).year
        call.audit.told.append(("change", .integer(Int64(params.change.value))))
        try GroupPassRules.reasons(change: params.change.value, toRemaining: pass.facts.remaining).refuse()
        try GroupAllowance.open(year, of: pass, in: call)
        try GroupAllowance.correct(
            year, of: pass, by: params.change.value, explanation: params.reason, in: call)
        return try call.groupPass(pass.id)
    }
}

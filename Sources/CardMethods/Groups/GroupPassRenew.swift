import CardRules
import JSONRPC
import Postgres

enum GroupPassRenew: Method {
    static let declaration = Declaration(
        "groupPass.renew", .writes, by: .staff(.groupPassWrite),
        "Gives a group's pass a later end date, and says what it may buy in the years to come (GRP-03).",
        details: "What is left of this year stays as it is: `groupPassAllowance.change` corrects that.",
        refusals: [.groupPassNotFound, .endDateTooEarly])

    struct Params: Parameters {
        let pass: GroupPassID
        let version: Int?
        let endDate: CivilDate?
        let ticketsPerYear: Bounded<TicketsPerYear>?

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            let endDate: Change<CivilDate> = reader.change(
                "endDate", "The last day, later than before; `null` for a pass that never expires.")
            if case .keep = endDate { reader.refuse("endDate", "is missing: a day, or null for no end") }
            self.endDate = endDate.applied(to: nil)
            ticketsPerYear = reader.optional(
                "ticketsPerYear", "How many tickets it may buy in each of the next calendar years; as before if absent."
            )
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        let today = Brussels.date(call.now)
        var changes = FieldChanges()
        changes.change("endDate", params.endDate.map(Change.set) ?? .clear) { "end_date = \($0)" }
        changes.set("ticketsPerYear", to: params.ticketsPerYear) { "tickets_per_year = \($0.value)" }
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: pass.version, changed: changes.names)
        try GroupPassRules.reasons(endDate: params.endDate, after: pass.facts.endDate, on: today).refuse()
        try GroupAllowance.open(today.year, of: pass, in: call)
        try call.transaction.execute("update group_pass set \(fragment: changes.sql) where id = \(pass.id)")
        return try call.groupPass(pass.id)
    }
}

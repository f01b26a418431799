import CardRules
import JSONRPC
import Postgres

enum GroupPassDelegated: Method {
    static let declaration = Declaration(
        "groupPass.delegated", .reads, by: [.account],
        "Lists by name the group passes that the caller may use, as a guide or at the chosen counter.")

    struct Params: Parameters {
        let page: PageRequest
        init(from reader: inout ParameterReader) { page = PageRequest(from: &reader) }
    }

    /// What a guide is told of a pass.
    struct Item: ResultRecord {
        let id: GroupPassID
        let name: String
        let card: CurrentCard?
        let facts: GroupPassFacts
        let today: CivilDate

        static let fields: [ResultField<Item>] = [
            .init("groupPassId", "The group pass.") { $0.id },
            .init("name", "What the group is called.") { $0.name },
            .init("card", "Its card of today.") { $0.card },
            .init("status", "`expired` the day after its end date.") { $0.facts.status(on: $0.today) },
            .init("endDate", "The last day; absent for one that never expires.") { $0.facts.endDate },
            .init("availableTickets", "What is left this calendar year.") {
                $0.facts.availableTickets(on: $0.today)
            },
        ]

        init(row: Row, today: CivilDate) throws {
            let pass = try GroupPassRecord(row: row, today: today)
            (id, name, card, facts) = (pass.id, pass.name, pass.card, pass.facts)
            self.today = today
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        let today = Brussels.date(call.now)
        let listing = Listing(
            columns: GroupPassRecord.columns(on: today), tables: GroupPassRecord.tables(),
            conditions: [
                """
                g.id in (select d.group_pass_id from group_pass_delegate d where d.ended_at is null
                    and (d.account_id = \(call.caller.accountID) or d.counter_id = \(call.caller.counter?.id)))
                """
            ], key: "g.name_key", id: "g.id")
        return try call.asPlatform {
            try listing.page(params.page, call.transaction) { try Item(row: $0, today: today) }
        }
    }
}

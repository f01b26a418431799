import CardRules
import JSONRPC
import Postgres

enum GroupPassAllowanceList: Method {
    static let declaration = Declaration(
        "groupPassAllowance.list", .reads, by: .staff(.groupPassRead),
        "Lists what changed a group's tickets, the newest first (GRP-03).",
        details: "A year without entries begins with what the pass gives a year.", refusals: [.groupPassNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        let year: Int?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            year = reader.optional("year", "Of this calendar year.")
            page = PageRequest(from: &reader)
        }
    }

    /// One change, as it was written down.
    struct Entry: ResultRecord {
        let year: Int
        let change: Int
        let reason: GroupAllowance.Reason
        let explanation: String?
        let reference: ID<Never>?
        let account: AccountID?
        let counter: CounterID?
        let recordedAt: Instant

        static let fields: [ResultField<Entry>] = [
            .init("year", "The calendar year that it is about.") { $0.year },
            .init("change", "How many tickets more; fewer if negative.") { $0.change },
            .init("reason", "`year` begins one, `correction` was by hand, `sale` took tickets or gave them back.") {
                $0.reason
            },
            .init("explanation", "What was said of a correction.") { $0.explanation },
            .init("referenceId", "The sale.") { $0.reference },
            .init("accountId", "Who did it.") { $0.account },
            .init("counterId", "Where.") { $0.counter },
            .init("recordedAt", "When.") { $0.recordedAt },
        ]

        init(row: Row) throws {
            year = try row["year"]
            change = try row["change"]
            reason = try row["reason"]
            explanation = try row["explanation"]
            reference = try row["reference_id"]
            account = try row["account_id"]
            counter = try row["counter_id"]
            recordedAt = try row["recorded_at"]
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Entry> {
        let pass = try call.groupPass(params.pass)
        let listing = Listing(
            columns: """
                e.year, e.change, e.reason, e.explanation, e.reference_id, e.account_id, e.counter_id, e.recorded_at
                """, tables: "group_allowance_entry e",
            conditions: ["e.group_pass_id = \(pass.id)"] + (params.year.map { ["e.year = \($0)"] } ?? []),
            id: "e.id", isDescending: true)
        return try listing.page(params.page, call.transaction, Entry.init)
    }
}

import CardRules
import JSONRPC
import Postgres

enum JobList: Method {
    static let declaration = Declaration(
        "job.list", .reads, by: .jobs,
        "Lists jobs, the newest first: one's own, for an administrator those of his card systems.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let state: JobState?
        let method: String?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Those of this card system.")
            state = reader.optional("state", "Those in this state.")
            method = reader.optional("method", "Those that do this with each row.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<JobRecord> {
        if let cardSystem = params.cardSystem { try call.requireCardSystem(cardSystem) }
        let conditions: [SQL?] = [
            call.knownJobs, params.cardSystem.map { "j.card_system_id = \($0)" },
            params.state.map { "j.state = \($0)" }, params.method.map { "j.work = \($0)" },
        ]
        let listing = Listing(
            columns: JobRecord.columns, tables: "job j", conditions: conditions.compactMap(\.self), id: "j.id",
            isDescending: true)
        return try listing.page(params.page, call.transaction, JobRecord.init)
    }
}

import CardRules
import JSONRPC
import Postgres

enum CounterSetTicketLimit: Method {
    static let declaration = Declaration(
        "counter.setTicketLimit", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Limits how many tickets an opportunity holder may buy for a counter's events.",
        refusals: [.counterNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let version: Int?
        let limit: PeriodLimit?

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            limit = reader.optional("limit", "For all of its events; `null` for no limit.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.administeredCounter(params.counter)
        call.audit.changedFields = ["ticketLimit"]
        try call.requireVersion(params.version, is: counter.version, changed: call.audit.changedFields)
        try call.change(
            .counter, counter.id,
            by: """
                update counter set ticket_limit_volume = \(params.limit?.volume),
                    ticket_limit_period = \(params.limit?.period), version = version + 1
                where id = \(counter.id)
                """)
        return try call.shownCounter(counter.id)
    }
}

import CardRules
import JSONRPC
import Postgres

enum CounterActivate: Method {
    static let declaration = Declaration(
        "counter.activate", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Activates a counter: from now on it has its rights.", refusals: [.counterNotFound, .counterAlreadyActive])

    struct Params: Parameters {
        let counter: CounterID
        init(from reader: inout ParameterReader) { counter = reader.required("counterId", "The counter.") }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.administeredCounter(params.counter)
        if counter.status == .active { throw Refusal(.counterAlreadyActive, at: "/counterId") }
        call.audit.changedFields = ["status"]
        try call.transaction.execute(
            """
            update counter set status = \(CounterStatus.active), activated_at = \(call.now),
                version = version + 1
            where id = \(counter.id)
            """)
        return try call.shownCounter(counter.id)
    }
}

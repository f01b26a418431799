import CardRules
import JSONRPC
import Postgres

enum CounterGet: Method {
    static let declaration = Declaration(
        "counter.get", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counterStaff],
        "Tells everything of one counter: its administrators, and its staff.", refusals: [.counterNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            instant = reader.optional("at", "As of when its key and its ticket limit are told; now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.shownCounter(params.counter, at: params.instant)
        let isAdministered = counter.cardSystems.contains { call.scope.administers($0.id) }
        try call.require(isAdministered || call.administers(counter) || call.worksAt(counter.id))
        return counter
    }
}

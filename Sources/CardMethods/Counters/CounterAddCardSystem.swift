import CardRules
import JSONRPC
import Postgres

enum CounterAddCardSystem: Method {
    static let declaration = Declaration(
        "counter.addCardSystem", .writes, by: [.operator, .cardSystemAdministrator],
        "Lets a counter work in one more card system; without rights there, until it is given groups.",
        details: "The administrator of that card system does this. Nothing changes if the counter works there already.",
        refusals: [.counterNotFound, .cardSystemNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let cardSystem: CardSystemID

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter, of any card system.")
            cardSystem = reader.required("cardSystemId", "The card system.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        try call.requireAdministered(params.cardSystem)
        // It may be another card system's, and so not be visible yet.
        let isKnown = try call.asPlatform {
            try call.transaction.first("select from counter where id = \(params.counter)") != nil
        }
        if !isKnown { throw Refusal(.counterNotFound, at: "/counterId") }
        try call.transaction.execute(
            """
            insert into counter_card_system (counter_id, card_system_id)
            values (\(params.counter), \(params.cardSystem)) on conflict do nothing
            """)
        return try call.shownCounter(params.counter)
    }
}

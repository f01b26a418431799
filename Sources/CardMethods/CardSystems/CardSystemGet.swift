import CardRules
import JSONRPC
import Postgres

enum CardSystemGet: Method {
    static let declaration = Declaration(
        "cardSystem.get", .reads, by: [.everyone], "Tells what a card system is, with its municipalities.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            instant = reader.optional("at", "As of when its settings are told; now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardSystemRecord {
        try call.asPlatform { try call.cardSystem(params.cardSystem, at: params.instant) }
    }
}

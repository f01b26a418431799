import CardRules
import JSONRPC
import Postgres

enum CounterSetDistributionKey: Method {
    static let declaration = Declaration(
        "counter.setDistributionKey", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Says which distribution key holds for a counter's events where none is chosen for the event.",
        refusals: [.counterNotFound, .distributionKeyNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let version: Int?
        let key: DistributionKeyID?

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            key = reader.optional("distributionKeyId", "A distribution key of its card system; `null` for none.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let counter = try call.administeredCounter(params.counter)
        call.audit.changedFields = ["distributionKeyId"]
        try call.requireVersion(params.version, is: counter.version, changed: call.audit.changedFields)
        if let key = params.key {
            let known = try call.transaction.first(
                "select from distribution_key where id = \(key) and card_system_id = \(counter.cardSystem)")
            if known == nil { throw Refusal(.distributionKeyNotFound, at: "/distributionKeyId") }
        }
        try call.change(
            .counter, counter.id,
            by: """
                update counter set distribution_key_id = \(params.key), version = version + 1 where id = \(counter.id)
                """)
        return try call.shownCounter(counter.id)
    }
}

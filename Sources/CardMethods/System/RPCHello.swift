import CardRules
import JSONRPC

enum RPCHello: PreparedMethod {
    static let declaration = Declaration(
        "rpc.hello", .session, by: [.everyone],
        "Introduces the client, and tells what the daemon speaks.",
        details: "A client that says it answers pings may be silent for longer than 200 seconds.")

    struct Params: Parameters {
        let client: String
        let version: String?
        let answersPings: Bool

        init(from reader: inout ParameterReader) {
            client = reader.required("client", "What the client is called.")
            version = reader.optional("version", "Its version.")
            answersPings = reader.optional("answersPings", default: false, "Whether it answers `rpc.ping`.")
        }
    }

    struct Result: ResultRecord {
        let now: Instant
        let isSimulated: Bool

        static let fields: [ResultField<Result>] = [
            .init("server", "`ksbd`.") { _ in "ksbd" },
            .init("version", "Of the daemon.") { _ in Product.version },
            .init("protocol", "The version of the wire contract.") { _ in Product.protocolVersion },
            .init("businessTime", "What time it is for all rules.") { $0.now },
            .init("timeIsSimulated", "Whether that is not real time.") { $0.isSimulated },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        if params.answersPings { prelude.peer.answerPings() }
        let clock = prelude.services.clock
        return Answer(Result(now: clock.now, isSimulated: clock.isSimulated))
    }
}

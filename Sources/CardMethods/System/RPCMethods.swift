import CardRules
import JSONRPC

/// What this program is called and which version it is.
public enum Product {
    public static let version = "0.1.0"
    /// The versions of the wire contract that are spoken.
    static let protocolVersion = 1
}

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

enum RPCPing: MemoryMethod {
    static let declaration = Declaration("rpc.ping", .reads, by: [.everyone], "Answers `pong`.")
    static var resultSchema: Schema { .words(["pong"]) }
    private static let pong = JSON.string("pong").bytes

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? { pong }
}

enum RPCDiscover: MemoryMethod {
    static let declaration = Declaration(
        "rpc.discover", .reads, by: [.everyone],
        "The OpenRPC document: what strangers may call before login, everything after.")
    static var resultSchema: Schema { .any }
    private static let forStrangers = InterfaceDocument.json(Registry.all.filter(\.declaration.isPublic)).bytes
    private static let whole = InterfaceDocument.json(Registry.all).bytes

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? {
        caller.isAnonymous ? forStrangers : whole
    }
}

/// The OpenRPC document of the methods that there are.
public enum InterfaceDocument {
    public static func json(_ methods: [RegisteredMethod] = Registry.all) -> JSON {
        let document = OpenRPCDocument(
            info: .init(
                title: "ksbd", version: Product.version,
                description: "Card-system administration: counters, pillars, pass holders, points."),
            methods: methods.map(\.declaration),
            refusals: RefusalKind.allCases.map { kind in
                .init(
                    kind: kind.rawValue, code: RPCError.refusalCode, isRetryable: kind.isRetryable,
                    text: ErrorText(nl: kind.text.nl, en: kind.text.en, fr: kind.text.fr))
            })
        do { return try document.json() } catch { fatalError("Two declarations contradict each other: \(error)") }
    }
}

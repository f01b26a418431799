import CardRules
import JSONRPC

/// What this program is called and which version it is.
public enum Product {
    public static let version = "0.1.0"
    /// The versions of the wire contract that are spoken.
    static let protocolVersion = 1
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

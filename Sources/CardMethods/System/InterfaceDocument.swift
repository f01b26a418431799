import CardRules
import JSONRPC

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

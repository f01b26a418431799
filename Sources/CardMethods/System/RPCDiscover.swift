import CardRules
import JSONRPC

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

import CardRules
import JSONRPC

enum RPCPing: MemoryMethod {
    static let declaration = Declaration("rpc.ping", .reads, by: [.everyone], "Answers `pong`.")
    static var resultSchema: Schema { .words(["pong"]) }
    private static let pong = JSON.string("pong").bytes

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? { pong }
}

import CardRules
import JSONRPC
import Postgres

enum ClockGet: MemoryMethod {
    static let declaration = Declaration("clock.get", .reads, by: [.everyone], "Tells business time.")
    static var resultSchema: Schema { ClockView.schema }

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? {
        ClockView(now: services.clock.now, isSimulated: services.clock.isSimulated).jsonBytes
    }
}

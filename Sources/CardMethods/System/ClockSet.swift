import CardRules
import JSONRPC
import Postgres

enum ClockSet: Method {
    static let declaration = Declaration(
        "clock.set", .writes, by: [.operator],
        "Moves business time forward to an instant, for all daemons of a test or demo world.",
        details: "Answers when all work that is due by then has run. Needs `testing.clockControl`.",
        refusals: [.clockReal, .clockBackwards])

    struct Params: Parameters {
        let to: Instant
        init(from reader: inout ParameterReader) { to = reader.required("to", "What time it will be.") }
    }

    static func run(_ params: Params, in call: Call) throws -> ClockView {
        try ClockControl.move(call) { _ in params.to }
    }
}

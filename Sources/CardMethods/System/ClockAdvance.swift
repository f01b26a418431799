import CardRules
import JSONRPC
import Postgres

enum ClockAdvance: Method {
    static let declaration = Declaration(
        "clock.advance", .writes, by: [.operator],
        "Moves business time forward by a number of seconds, for all daemons of a test or demo world.",
        details: "Answers when all work that is due by then has run. Needs `testing.clockControl`.",
        refusals: [.clockReal])

    /// A century at most.
    enum Step: IntegerRange { static let range = 1...3_155_760_000 }

    struct Params: Parameters {
        let seconds: Bounded<Step>
        init(from reader: inout ParameterReader) { seconds = reader.required("seconds", "How far.") }
    }

    static func run(_ params: Params, in call: Call) throws -> ClockView {
        try ClockControl.move(call) { $0 + .seconds(params.seconds.value) }
    }
}

import CardRules
import JSONRPC
import Postgres

extension PeriodLimit: Described, ParameterValue, ResultValue {
    public static var schema: Schema {
        .named(
            "PeriodLimit",
            .object([
                .init("volume", .integer(1...1_000_000), isRequired: true, "How many at most in one period."),
                .init("period", Period.schema, isRequired: true, "A calendar period; `absolute` is ever."),
            ]))
    }

    public static var placeholder: PeriodLimit { PeriodLimit(volume: 1, per: .absolute)! }

    public init(parameter: JSON) throws(Unfit) {
        let read = try PeriodLimitParameters(parameter: parameter)
        self = PeriodLimit(volume: read.volume, per: read.period)!
    }

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("volume")
            writer.integer(Int64(volume))
            writer.name("period")
            writer.string(period.rawValue)
        }
    }

    /// Reads two columns that are null together.
    init?(volume: Int?, period: Period?) {
        guard let volume, let period else { return nil }
        self.init(volume: volume, per: period)
    }
}

extension PeriodLimit.Period: WordParameter, PostgresValue {}

private struct PeriodLimitParameters: ObjectParameter {
    let volume: Int
    let period: PeriodLimit.Period

    init(from reader: inout ParameterReader) {
        let volume: Int = reader.required("volume", "How many at most in one period.")
        if !(1...1_000_000).contains(volume) { reader.refuse("volume", "must lie between 1 and 1000000") }
        self.volume = max(1, volume)
        period = reader.required("period", "A calendar period.")
    }
}

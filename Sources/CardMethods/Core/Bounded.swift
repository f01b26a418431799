import JSONRPC

/// Names a range of integers, both ends included.
protocol IntegerRange: Sendable {
    static var range: ClosedRange<Int> { get }
}

/// An integer parameter within a range.
struct Bounded<Range: IntegerRange>: ParameterValue {
    let value: Int

    static var schema: Schema { .integer(Int64(Range.range.lowerBound)...Int64(Range.range.upperBound)) }
    static var placeholder: Bounded { Bounded(value: Range.range.lowerBound) }

    private init(value: Int) { self.value = value }

    init(parameter: JSON) throws(Unfit) {
        let value = try Int(parameter: parameter)
        guard Range.range.contains(value) else {
            throw Unfit("must lie between \(Range.range.lowerBound) and \(Range.range.upperBound)")
        }
        self.value = value
    }
}

/// A statement whose interpolations are parameters, never text.
///
/// Its text consists of literals of the source code only, so what a stranger sent can't become SQL:
///
///     let rows = try transaction.query("select id from card where number = \(number) and status = \(status)")
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The text with `$1`, `$2`… where the parameters stand.
    @usableFromInline var text: String
    /// Where in the text, in bytes, each parameter's `$` stands; needed to number them anew in another statement.
    @usableFromInline var marks: [Int] = []
    /// The type of each parameter; 0 lets the server infer it.
    @usableFromInline var oids: [UInt32] = []
    /// The length of each parameter's value in bytes; −1 is null.
    @usableFromInline var lengths: [Int32] = []
    /// The values of all parameters in binary form, one after another: one buffer, however many there are.
    @usableFromInline var bytes: [UInt8] = []

    public init(stringLiteral text: StaticString) { self.text = text.description }

    public init(stringInterpolation interpolation: Interpolation) { self = interpolation.statement }

    /// Text that this module made itself, such as a quoted channel name.
    init(trusted text: String) { self.text = text }

    /// Several pieces in one, with a separator between each two; parameters are numbered anew. Nothing for no piece.
    public static func joined(_ parts: [SQL], separator: StaticString) -> SQL {
        var whole = SQL(trusted: "")
        for (index, part) in parts.enumerated() {
            if index > 0 { whole.text += separator.description }
            whole.append(part)
        }
        return whole
    }

    /// Adds a piece at the end, its parameters numbered after those that are there.
    mutating func append(_ piece: SQL) {
        let source = piece.text.utf8
        var from = source.startIndex
        for (index, mark) in piece.marks.enumerated() {
            let dollar = source.index(source.startIndex, offsetBy: mark)
            text += piece.text[from..<dollar]
            appendMark()
            oids.append(piece.oids[index])
            lengths.append(piece.lengths[index])
            from = source.index(dollar, offsetBy: 1 + String(index + 1).utf8.count)
        }
        text += piece.text[from...]
        bytes += piece.bytes
    }

    /// Writes the next parameter's number. Its type and length must follow.
    @usableFromInline mutating func appendMark() {
        marks.append(text.utf8.count)
        text += "$"
        text += String(marks.count)
    }

    /// Builds a statement from the pieces of a literal.
    public struct Interpolation: StringInterpolationProtocol {
        @usableFromInline var statement = SQL(trusted: "")

        public init(literalCapacity: Int, interpolationCount: Int) {
            statement.text.reserveCapacity(literalCapacity + 4 * interpolationCount)
            statement.marks.reserveCapacity(interpolationCount)
            statement.oids.reserveCapacity(interpolationCount)
            statement.lengths.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) { statement.text += literal.description }

        /// A parameter; `nil` is null.
        @inlinable public mutating func appendInterpolation<V: PostgresValue>(_ value: V?) {
            statement.appendMark()
            statement.oids.append(V.oid)
            guard let value else { return statement.lengths.append(-1) }
            let start = statement.bytes.count
            value.write(to: &statement.bytes)
            statement.lengths.append(Int32(statement.bytes.count - start))
        }

        /// Another statement's text and parameters, for a part that isn't always there, such as a filter.
        public mutating func appendInterpolation(fragment: SQL) { statement.append(fragment) }
    }
}

extension SQL: CustomStringConvertible {
    /// The text; without values, which may be secret.
    public var description: String { text }
}

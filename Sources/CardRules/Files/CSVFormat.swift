/// What must be known of a CSV file to read a row of it.
public struct CSVFormat: Sendable, Hashable {
    /// What stands between two fields.
    public enum Delimiter: String, Sendable, CaseIterable {
        case semicolon, comma, tab

        var byte: UInt8 {
            switch self {
            case .semicolon: UInt8(ascii: ";")
            case .comma: UInt8(ascii: ",")
            case .tab: 0x09
            }
        }
    }

    public var delimiter: Delimiter
    public var encoding: FileEncoding

    public init(_ delimiter: Delimiter, _ encoding: FileEncoding) {
        (self.delimiter, self.encoding) = (delimiter, encoding)
    }

    /// Bytes of one row, line ends within quotes included.
    public static let rowBytes = 64 * 1024
    /// Bytes of one field.
    public static let fieldBytes = 16 * 1024
    public static let columns = 200

    static let quote = UInt8(ascii: "\"")

    /// The fields of one row, given without its line end.
    public func fields(of row: ArraySlice<UInt8>) throws(CSVFault) -> [String] {
        var fields: [String] = []
        var rest = row
        while true {
            if fields.count == Self.columns { throw .tooManyColumns(atMost: Self.columns) }
            let column = fields.count + 1
            let bytes = try Self.takeField(from: &rest, upTo: delimiter.byte, column)
            if bytes.count > Self.fieldBytes { throw .fieldTooLong(column: column, bytes: Self.fieldBytes) }
            guard let text = encoding.text(of: bytes) else { throw .notInEncoding(encoding, column: column) }
            fields.append(text)
            if rest.isEmpty { return fields }
            // The delimiter; behind a last one there is an empty field.
            rest = rest.dropFirst()
            if rest.isEmpty {
                fields.append("")
                return fields
            }
        }
    }

    private static func takeField(
        from rest: inout ArraySlice<UInt8>, upTo delimiter: UInt8, _ column: Int
    ) throws(CSVFault) -> ArraySlice<UInt8> {
        guard rest.first == quote else {
            let field = rest.prefix { $0 != delimiter }
            rest = rest[field.endIndex...]
            return field
        }
        var field: [UInt8] = []
        rest = rest.dropFirst()
        while let end = rest.firstIndex(of: quote) {
            field += rest[..<end]
            rest = rest[(end + 1)...]
            if rest.first == quote {
                field.append(quote)
                rest = rest.dropFirst()
            } else if rest.isEmpty || rest.first == delimiter {
                return field[...]
            } else {
                throw .textAfterQuote(column: column)
            }
        }
        throw .quoteUnclosed
    }

    /// What separates the fields of a header: whichever of the three stands there most outside of quotes. A header of
    /// one column has none; then it is the semicolon, which Belgian spreadsheets write.
    static func delimiter(of header: ArraySlice<UInt8>) -> Delimiter {
        var counts: [Delimiter: Int] = [:]
        var isQuoted = false
        for byte in header {
            if byte == quote { isQuoted.toggle() }
            guard !isQuoted, let delimiter = Delimiter.allCases.first(where: { $0.byte == byte }) else { continue }
            counts[delimiter, default: 0] += 1
        }
        return Delimiter.allCases.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? .semicolon
    }
}

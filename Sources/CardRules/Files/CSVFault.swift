/// Why a row of a CSV file cannot be read. Columns are counted from 1. Never holds what stands in the file.
public enum CSVFault: Error, Sendable, Hashable {
    case notInEncoding(FileEncoding, column: Int)
    /// A quoted field has no end: the row is taken to be its first line only.
    case quoteUnclosed
    case textAfterQuote(column: Int)
    case fieldTooLong(column: Int, bytes: Int)
    case rowTooLong(bytes: Int)
    case tooManyColumns(atMost: Int)
    /// The row has another number of columns than the header.
    case ragged(columns: Int, expected: Int)
    /// UTF-16, as its first bytes say.
    case encodingUnknown

    /// Which column it is about; `nil` if it is the whole row.
    public var column: Int? {
        switch self {
        case .notInEncoding(_, let column), .textAfterQuote(let column), .fieldTooLong(let column, _): column
        case .quoteUnclosed, .rowTooLong, .tooManyColumns, .ragged, .encodingUnknown: nil
        }
    }

    /// What should have been, as a phrase that goes on after the row or its column.
    public var reason: String {
        switch self {
        case .notInEncoding(.utf8, _): "is not UTF-8; say so if the file is latin1"
        case .notInEncoding(.latin1, _): "holds a byte that is no letter in latin1"
        case .quoteUnclosed: "has a quotation mark that is not closed"
        case .textAfterQuote: "has text after its closing quotation mark"
        case .fieldTooLong(_, let bytes): "has more than \(bytes) bytes"
        case .rowTooLong(let bytes): "has more than \(bytes) bytes"
        case .tooManyColumns(let count): "has more than \(count) columns"
        case .ragged(let columns, let expected): "has \(columns) columns, where the header has \(expected)"
        case .encodingUnknown: "is UTF-16; save the file as UTF-8"
        }
    }
}

/// A row of a CSV file as it was found.
public struct CSVRow: Sendable, Hashable {
    /// As a spreadsheet counts: the header is row 1, blank rows count.
    public let number: Int
    /// Where in the file its bytes begin, and how many they are, without the line end.
    public let offset: Int
    public let length: Int
    public let fields: Result<[String], CSVFault>
}

internal import CLibPQ

/// The rows that a statement gave. They lie in libpq's memory until the last reference to them is gone, and do not
/// leave the thread of their connection.
public struct Rows: RandomAccessCollection {
    @usableFromInline let result: ResultSet
    public let startIndex = 0
    public let endIndex: Int
    /// How many rows the statement inserted, changed, deleted or selected; 0 for other statements.
    public var affected: Int { result.affected }

    init(_ result: ResultSet) {
        self.result = result
        endIndex = result.count
    }

    @inlinable public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < endIndex, "no such row")
        return Row(result: result, index: position)
    }
}

/// One row. Columns are read by name or, faster, by position from 0:
///
///     let number: CardNumber = try row["number"]
///     let blockedAt: Instant? = try row["blocked_at"]
///
/// Reading throws a ``PostgresError`` that names the column: there is no such column, it is null but must not be, or
/// its type isn't what is asked for.
public struct Row {
    @usableFromInline let result: ResultSet
    @usableFromInline let index: Int

    @inlinable init(result: ResultSet, index: Int) { (self.result, self.index) = (result, index) }

    /// The value of a column that is not null.
    @inlinable public subscript<V: PostgresValue>(name: String) -> V {
        get throws(PostgresError) { try self[result.column(name)] }
    }

    /// The value of a column; `nil` is null.
    @inlinable public subscript<V: PostgresValue>(name: String) -> V? {
        get throws(PostgresError) { try self[result.column(name)] }
    }

    /// The value of a column that is not null, by its position.
    @inlinable public subscript<V: PostgresValue>(column: Int) -> V {
        get throws(PostgresError) {
            let value: V? = try self[column]
            guard let value else { throw result.null(column) }
            return value
        }
    }

    /// The value of a column by its position; `nil` is null.
    @inlinable public subscript<V: PostgresValue>(column: Int) -> V? {
        get throws(PostgresError) {
            guard let bytes = result.bytes(row: index, column: column) else { return nil }
            do { return try V(postgres: bytes, oid: result.oid(of: column)) } catch {
                throw result.named(error, column: column)
            }
        }
    }
}

// They point into memory of their connection's thread.
@available(*, unavailable) extension Rows: Sendable {}
@available(*, unavailable) extension Row: Sendable {}

/// Owns a result of libpq.
@usableFromInline final class ResultSet {
    private let handle: OpaquePointer
    let count: Int
    private let columnCount: Int
    private lazy var names = (0..<columnCount).map { String(cString: PQfname(handle, Int32($0))) }

    init(_ handle: OpaquePointer) {
        self.handle = handle
        count = Int(PQntuples(handle))
        columnCount = Int(PQnfields(handle))
    }

    deinit { PQclear(handle) }

    var affected: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// The command's tag, such as `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(handle)) }

    @usableFromInline func column(_ name: String) throws(PostgresError) -> Int {
        guard let column = names.firstIndex(of: name) else {
            throw PostgresError(sqlState: "42703", message: "the result has no such column", column: name)
        }
        return column
    }

    /// The bytes of a value, `nil` for null; valid as long as the result.
    @usableFromInline func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        precondition(column >= 0 && column < columnCount, "no such column")
        if PQgetisnull(handle, Int32(row), Int32(column)) == 1 { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(handle, Int32(row), Int32(column)),
            count: Int(PQgetlength(handle, Int32(row), Int32(column))))
    }

    @usableFromInline func oid(of column: Int) -> UInt32 { PQftype(handle, Int32(column)) }

    @usableFromInline func named(_ error: PostgresError, column: Int) -> PostgresError {
        var error = error
        error.column = names[column]
        return error
    }

    @usableFromInline func null(_ column: Int) -> PostgresError {
        PostgresError(sqlState: "22002", message: "the column is null", column: names[column])
    }
}

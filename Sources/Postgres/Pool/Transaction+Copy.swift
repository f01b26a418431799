/// A column of what is copied into a table: its name, and its value of each item.
public struct CopyColumn<Item>: Sendable {
    fileprivate let name: String
    fileprivate let write: @Sendable (Item, inout [UInt8]) -> Void

    /// - Parameter value: Must be of the column's type exactly; `nil` is null.
    public init<Value: PostgresValue>(_ name: StaticString, _ value: @escaping @Sendable (Item) -> Value?) {
        self.name = name.description
        write = { item, bytes in
            guard let value = value(item) else { return bytes.append(bigEndian: Int32(-1)) }
            let start = bytes.count
            bytes.append(bigEndian: Int32(0))
            value.write(to: &bytes)
            let length = Int32(bytes.count - start - 4)
            bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: start, as: Int32.self) }
        }
    }
}

extension SQL {
    /// The columns' names, with commas between them.
    public static func names<Item>(of columns: [CopyColumn<Item>]) -> SQL {
        SQL(trusted: columns.map(\.name).joined(separator: ", "))
    }
}

extension Transaction {
    /// Copies items into a table, many at once and in binary form.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func copy<Item>(
        _ items: some Sequence<Item>, into table: StaticString, _ columns: [CopyColumn<Item>],
        file: StaticString = #fileID, line: UInt = #line
    ) throws -> Int {
        let statement = SQL(trusted: "copy \(table) (\(SQL.names(of: columns).text)) from stdin (format binary)")
        // The signature, and that there are neither flags nor a further header.
        var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
        var rest = items.makeIterator()
        var isWhole = false
        return try copyIn(statement, file: file, line: line) {
            if isWhole { return nil }
            while bytes.count < Self.chunkBytes {
                guard let item = rest.next() else {
                    bytes.append(bigEndian: Int16(-1))
                    isWhole = true
                    break
                }
                bytes.append(bigEndian: Int16(columns.count))
                for column in columns { column.write(item, &bytes) }
            }
            defer { bytes.removeAll(keepingCapacity: true) }
            return bytes
        }
    }

    private static var chunkBytes: Int { 64 * 1024 }
}

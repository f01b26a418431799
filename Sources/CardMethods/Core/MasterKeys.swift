import CardRules
import Postgres

/// The master keys of a file, each under its name: 1 for the first, one more for each that follows.
///
/// The text is a key in a line: 64 hexadecimal digits, with its name before them unless it is the first.
public struct MasterKeys: Sendable, Equatable {
    /// 32 bytes each; at least one.
    public private(set) var keys: [UInt8: [UInt8]]

    public init(only key: [UInt8]) { keys = [1: key] }

    /// - Returns: `nil` if a line is not a key, or there is none, or a name stands twice.
    public init?(text: String) {
        keys = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.count <= 2, let digits = words.last, let name = words.count == 1 ? 1 : UInt8(words[0]),
                name > 0,
                let key = Hex.bytes(digits), key.count == 32, keys.updateValue(key, forKey: name) == nil
            else { return nil }
        }
        if keys.isEmpty { return nil }
    }

    public var text: String { keys.sorted { $0.key < $1.key }.map { "\($0.key) \(Hex.text($0.value))\n" }.joined() }

    public var oldest: UInt8 { keys.keys.min()! }
    public var newest: UInt8 { keys.keys.max()! }

    /// Adds a key under the next name; `nil` if there is none left.
    public mutating func add(_ key: [UInt8]) -> UInt8? {
        let name = newest.addingReportingOverflow(1)
        if name.overflow { return nil }
        keys[name.partialValue] = key
        return name.partialValue
    }

    public mutating func remove(_ name: UInt8) { keys[name] = nil }
}

/// A master key as the database knows it.
struct KnownKey: Sendable {
    let name: UInt8
    let checkValue: [UInt8]
    let writes: Bool

    static let select: SQL = "select name, check_value, writes from master_key order by name"

    init(row: Row) throws {
        name = UInt8(truncatingIfNeeded: try row["name"] as Int)
        checkValue = try row["check_value"]
        writes = try row["writes"]
    }
}

/// The key files lack a key that values in the database are made with, or have another one under its name.
public struct MasterKeyMissing: Error, CustomStringConvertible {
    public let name: UInt8
    public var description: String { "the key file has no master key \(name), or not the one that was used here" }
}

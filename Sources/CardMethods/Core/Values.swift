import CardRules
import JSONRPC
import Postgres

// How the domain's values stand in JSON and in PostgreSQL.

extension ID: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { 2950 }
    public static var arrayOID: UInt32 { 2951 }

    public func write(to bytes: inout [UInt8]) {
        for word in [high, low] { withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) } }
    }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard bytes.count == 16 else { throw .unreadable(Self.self, oid: oid) }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}

extension ID: Described, ParameterValue, ResultValue {
    public static var schema: Schema { .string(format: "uuid", pattern: nil, lengths: nil) }
    public static var placeholder: ID { .nil }

    public init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, let id = ID(text: text) else { throw Unfit("must be a UUID") }
        self = id
    }

    public func write(to writer: inout JSONWriter) { writer.string(text) }
}

extension Instant: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { 1184 }
    public static var arrayOID: UInt32 { 1185 }
    /// 2000-01-01T00:00Z, from which PostgreSQL counts.
    private static let postgresEpoch: Int64 = 946_684_800_000_000

    public func write(to bytes: inout [UInt8]) { (microseconds - Self.postgresEpoch).write(to: &bytes) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        self.init(microseconds: try Int64(postgres: bytes, oid: 20) + Self.postgresEpoch)
    }
}

extension Instant: Described, ParameterValue, ResultValue {
    public static var schema: Schema { .string(format: "date-time", pattern: nil, lengths: nil) }
    public static var placeholder: Instant { Instant(microseconds: 0) }

    public init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, let instant = Instant(text: text) else {
            throw Unfit("must be a date-time with offset (RFC 3339), such as 2026-04-30T14:00:00+02:00")
        }
        self = instant
    }

    public func write(to writer: inout JSONWriter) { writer.string(text) }
}

extension CivilDate: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { 1082 }
    public static var arrayOID: UInt32 { 1182 }
    /// The day number of 2000-01-01.
    private static var postgresEpoch: Int { 10_957 }

    public func write(to bytes: inout [UInt8]) { Int32(dayNumber - Self.postgresEpoch).write(to: &bytes) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        self.init(dayNumber: Int(try Int32(postgres: bytes, oid: 23)) + Self.postgresEpoch)
    }
}

extension CivilDate: Described, ParameterValue, ResultValue {
    public static var schema: Schema { .string(format: "date", pattern: nil, lengths: nil) }
    public static var placeholder: CivilDate { CivilDate(dayNumber: 0) }

    public init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, let date = CivilDate(text: text) else {
            throw Unfit("must be a date that exists, such as 2026-04-30")
        }
        self = date
    }

    public func write(to writer: inout JSONWriter) { writer.string(text) }
}

/// A value that PostgreSQL stores, in its binary form.
///
/// A type of another module takes part by saying which of PostgreSQL's types it is, and how its bytes lie:
///
///     extension Instant: PostgresValue, PostgresArrayElement {
///         static var oid: UInt32 { 1184 }       // timestamptz
///         static var arrayOID: UInt32 { 1185 }  // timestamptz[]
///         func write(to bytes: inout [UInt8]) { bytes.append(bigEndian: microseconds - epoch) }
///         init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
///             guard oid == Self.oid, let value = bytes.bigEndian(Int64.self) else {
///                 throw .unreadable(Self.self, oid: oid)
///             }
///             self.init(microseconds: value + epoch)
///         }
///     }
///
/// An enum with raw values needs nothing but the conformance: its raw value is what is stored. Strings, and so such
/// enums, have no type of their own: the server infers it, and they fit columns of text and of PostgreSQL's enums.
public protocol PostgresValue: Sendable {
    /// The type's number in `pg_type`; 0 lets the server infer it from the statement, for values whose binary form
    /// is their text.
    static var oid: UInt32 { get }
    /// Adds the binary form, in network byte order.
    func write(to bytes: inout [UInt8])
    /// Reads the binary form of a value of type `oid`. Throws what ``PostgresError/unreadable(_:oid:)`` makes if type
    /// or length do not fit.
    init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError)
}

extension PostgresValue where Self: RawRepresentable, RawValue: PostgresValue {
    public static var oid: UInt32 { RawValue.oid }

    public func write(to bytes: inout [UInt8]) { rawValue.write(to: &bytes) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard let value = Self(rawValue: try RawValue(postgres: bytes, oid: oid)) else {
            throw .unreadable(Self.self, oid: oid)
        }
        self = value
    }
}

extension [UInt8] {
    /// Adds an integer in network byte order.
    @inlinable public mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}

extension UnsafeRawBufferPointer {
    /// The integer that these bytes are in network byte order; `nil` if they are more or fewer.
    @inlinable public func bigEndian<I: FixedWidthInteger>(_: I.Type) -> I? {
        guard count == MemoryLayout<I>.size else { return nil }
        return I(bigEndian: loadUnaligned(as: I.self))
    }
}

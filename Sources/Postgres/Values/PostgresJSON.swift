/// A JSON document as its text, for columns of `jsonb` and `json`. What it says is the caller's business.
public struct PostgresJSON: PostgresValue, PostgresArrayElement, Hashable {
    /// The document in UTF-8. Of a `jsonb` column it comes back in PostgreSQL's own order and spacing.
    public var text: [UInt8]

    public init(text: [UInt8]) { self.text = text }

    /// `jsonb`.
    public static var oid: UInt32 { TypeOID.jsonb }
    public static var arrayOID: UInt32 { 3807 }

    public func write(to bytes: inout [UInt8]) {
        bytes.append(Self.version)
        bytes += text
    }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        switch oid {
        case TypeOID.json:
            text = Array(bytes)
        case TypeOID.jsonb where bytes.first == Self.version:
            text = Array(bytes.dropFirst())
        default:
            throw .unreadable(Self.self, oid: oid)
        }
    }

    /// The first byte of every binary `jsonb`.
    private static let version: UInt8 = 1
}

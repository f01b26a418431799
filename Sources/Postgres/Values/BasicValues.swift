extension Int: PostgresValue, PostgresArrayElement {
    /// `bigint`; the server casts down on assignment to smaller columns.
    public static var oid: UInt32 { TypeOID.int8 }
    public static var arrayOID: UInt32 { 1016 }

    public func write(to bytes: inout [UInt8]) { bytes.append(bigEndian: Int64(self)) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        self = Int(try Int64(postgres: bytes, oid: oid))
    }
}

extension Int64: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { TypeOID.int8 }
    public static var arrayOID: UInt32 { 1016 }

    public func write(to bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

    /// Reads `smallint`, `integer` and `bigint`.
    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        let value: Int64? =
            switch oid {
            case TypeOID.int8: bytes.bigEndian(Int64.self)
            case TypeOID.int4: bytes.bigEndian(Int32.self).map(Int64.init)
            case TypeOID.int2: bytes.bigEndian(Int16.self).map(Int64.init)
            default: nil
            }
        guard let value else { throw .unreadable(Self.self, oid: oid) }
        self = value
    }
}

extension Int32: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { TypeOID.int4 }
    public static var arrayOID: UInt32 { 1007 }

    public func write(to bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

    /// Reads `smallint` and `integer`.
    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard oid != TypeOID.int8 else { throw .unreadable(Self.self, oid: oid) }
        self = Int32(try Int64(postgres: bytes, oid: oid))
    }
}

extension Bool: PostgresValue, PostgresArrayElement {
    public static var oid: UInt32 { TypeOID.bool }
    public static var arrayOID: UInt32 { 1000 }

    public func write(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }

    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard oid == TypeOID.bool, bytes.count == 1 else { throw .unreadable(Self.self, oid: oid) }
        self = bytes[0] != 0
    }
}

extension String: PostgresValue, PostgresArrayElement {
    /// Inferred by the server, so that a string fits columns of text and of PostgreSQL's enums.
    public static var oid: UInt32 { 0 }
    /// `text[]`; an array for a column of an enum's array type is cast in the statement.
    public static var arrayOID: UInt32 { 1009 }

    public func write(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }

    /// Reads the types whose binary form is their text: text, varchar, char, name, xml, json, enums.
    public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        guard TypeOID.texts.contains(oid) || oid >= TypeOID.firstOfUsers else { throw .unreadable(Self.self, oid: oid) }
        self = String(decoding: bytes, as: UTF8.self)
    }
}

/// Numbers of PostgreSQL's own types, as in its `pg_type.dat`.
enum TypeOID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let json: UInt32 = 114
    static let jsonb: UInt32 = 3802
    /// "char", name, text, json, xml, unknown, char(n), varchar.
    static let texts: Set<UInt32> = [18, 19, text, json, 142, 705, 1042, 1043]
    /// From here on types are a database's own, enums among them.
    static let firstOfUsers: UInt32 = 16_384
}

/// What an array parameter or an array column may hold: a ``PostgresValue``, or an optional one.
public protocol PostgresArrayElement: Sendable {
    /// The array type's number in `pg_type`, such as 1016 for `bigint[]`.
    static var arrayOID: UInt32 { get }
    /// Adds a whole array's binary form. Given for every ``PostgresValue``.
    static func write(array: [Self], to bytes: inout [UInt8])
    /// Reads a whole array of type `oid`. Given for every ``PostgresValue``.
    static func read(array bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) -> [Self]
}

extension Array: PostgresValue where Element: PostgresArrayElement {
    public static var oid: UInt32 { Element.arrayOID }

    @inlinable public func write(to bytes: inout [UInt8]) { Element.write(array: self, to: &bytes) }

    @inlinable public init(postgres bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) {
        self = try Element.read(array: bytes, oid: oid)
    }
}

extension PostgresArrayElement where Self: PostgresValue {
    @inlinable public static func write(array: [Self], to bytes: inout [UInt8]) {
        ArrayForm<Self>.write(array.lazy.map { $0 }, hasNil: false, to: &bytes)
    }

    @inlinable public static func read(
        array bytes: UnsafeRawBufferPointer, oid: UInt32
    ) throws(PostgresError) -> [Self] {
        var elements: [Self] = []
        try ArrayForm<Self>.read(bytes, oid: oid) { element throws(PostgresError) in
            guard let element else { throw .unreadable([Self].self, oid: oid) }
            elements.append(element)
        }
        return elements
    }
}

extension PostgresArrayElement where Self: RawRepresentable, RawValue: PostgresArrayElement {
    public static var arrayOID: UInt32 { RawValue.arrayOID }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresValue {
    public static var arrayOID: UInt32 { Wrapped.arrayOID }

    @inlinable public static func write(array: [Wrapped?], to bytes: inout [UInt8]) {
        ArrayForm<Wrapped>.write(array, hasNil: array.contains { $0 == nil }, to: &bytes)
    }

    @inlinable public static func read(
        array bytes: UnsafeRawBufferPointer, oid: UInt32
    ) throws(PostgresError) -> [Wrapped?] {
        var elements: [Wrapped?] = []
        try ArrayForm<Wrapped>.read(bytes, oid: oid) { element throws(PostgresError) in elements.append(element) }
        return elements
    }
}

/// `[UInt8]` is `bytea`, not an array of PostgreSQL's.
extension UInt8: PostgresArrayElement {
    public static var arrayOID: UInt32 { TypeOID.bytea }

    public static func write(array: [UInt8], to bytes: inout [UInt8]) { bytes += array }

    public static func read(array bytes: UnsafeRawBufferPointer, oid: UInt32) throws(PostgresError) -> [UInt8] {
        guard oid == TypeOID.bytea else { throw .unreadable([UInt8].self, oid: oid) }
        return Array(bytes)
    }
}

/// `[[UInt8]]` is `bytea[]`.
extension Array: PostgresArrayElement where Element == UInt8 {
    public static var arrayOID: UInt32 { 1001 }
}

/// PostgreSQL's binary form of an array of one dimension: dimensions, whether there are nulls, the element's type,
/// then, unless it is empty, count, first index, and each element with its length before it.
@usableFromInline enum ArrayForm<Element: PostgresValue> {
    @inlinable static func write(_ elements: some Collection<Element?>, hasNil: Bool, to bytes: inout [UInt8]) {
        bytes.append(bigEndian: Int32(elements.isEmpty ? 0 : 1))
        bytes.append(bigEndian: Int32(hasNil ? 1 : 0))
        // An array names its element's type: what is otherwise left to the server travels as text.
        bytes.append(bigEndian: Element.oid == 0 ? 25 : Element.oid)
        if elements.isEmpty { return }
        bytes.append(bigEndian: Int32(elements.count))
        bytes.append(bigEndian: Int32(1))
        for element in elements {
            guard let element else {
                bytes.append(bigEndian: Int32(-1))
                continue
            }
            let lengthAt = bytes.count
            bytes.append(bigEndian: Int32(0))
            element.write(to: &bytes)
            let length = Int32(bytes.count - lengthAt - 4)
            bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.bigEndian, toByteOffset: lengthAt, as: Int32.self) }
        }
    }

    @inlinable static func read(
        _ bytes: UnsafeRawBufferPointer, oid: UInt32, _ take: (Element?) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        var rest = bytes[...]
        func next(_ count: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
            guard count >= 0, rest.count >= count else { throw .unreadable([Element].self, oid: oid) }
            defer { rest = rest.dropFirst(count) }
            return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
        }
        func number() throws(PostgresError) -> Int { Int(try next(4).bigEndian(Int32.self)!) }

        let dimensions = try number()
        _ = try number()
        let elementOID = UInt32(try number())
        if dimensions == 0 { return }
        guard dimensions == 1 else { throw .unreadable([Element].self, oid: oid) }
        let count = try number()
        _ = try number()
        for _ in 0..<count {
            let length = try number()
            try take(length < 0 ? nil : Element(postgres: try next(length), oid: elementOID))
        }
    }
}

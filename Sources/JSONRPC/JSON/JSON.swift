/// A JSON text as a tree. Integers are exact; other numbers keep their text, for nothing here computes with fractions.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number with a fraction, an exponent, or outside of `Int64`, as it was written.
    case number(String)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

/// The members of a JSON object in the order they were written. No name occurs twice: the parser refuses it.
public struct JSONObject: Sendable, Hashable {
    /// One name and its value.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSON

        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    public var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    /// The value under a name, compared byte by byte: Swift's `==` also holds for look-alikes such as U+212A and `K`.
    public subscript(name: String) -> JSON? {
        for member in members where member.name.isSameBytes(as: name) { return member.value }
        return nil
    }
}

extension String {
    /// Equality of the UTF-8 bytes, where `==` is canonical equivalence.
    @inlinable public func isSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // Equal bytes are always `==`, which is the cheaper question; look-alikes of one length are rare.
        return self == other && utf8.elementsEqual(other.utf8)
    }
}

extension JSON {
    /// The member of an object, `nil` for anything else.
    public subscript(name: String) -> JSON? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    public var isNull: Bool { self == .null }

    /// What the value is, in the words of an error message.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements.map { .init(name: $0.0, value: $0.1) }))
    }
    public init(nilLiteral: ()) { self = .null }
}

/// What a JSON value must look like: the part of JSON Schema that our declarations use.
public indirect enum Schema: Sendable, Hashable {
    case boolean
    /// An integer without fraction or exponent.
    case integer(ClosedRange<Int64>?)
    /// A string; `format` is a JSON Schema format or pattern name of ours, such as `uuid` or `date-time`.
    case string(format: String?, pattern: String?, lengths: ClosedRange<Int>?)
    /// One of these words.
    case words([String])
    case array(Schema, counts: ClosedRange<Int>?)
    case object([Property])
    /// Any JSON value.
    case any
    /// Refers to a named schema; all are listed under `components` of the OpenRPC document.
    case named(String, Schema)

    /// A member of an object.
    public struct Property: Sendable, Hashable {
        public var name: String
        public var schema: Schema
        public var isRequired: Bool
        public var text: String

        public init(_ name: String, _ schema: Schema, isRequired: Bool, _ text: String) {
            (self.name, self.schema, self.isRequired, self.text) = (name, schema, isRequired, text)
        }
    }

    public static let string = Schema.string(format: nil, pattern: nil, lengths: nil)
    public static let integer = Schema.integer(nil)
}

/// A type whose JSON form has a schema.
public protocol Described: Sendable {
    static var schema: Schema { get }
}

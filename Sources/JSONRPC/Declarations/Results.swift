/// A value that we answer with: it writes itself and knows its schema.
public protocol ResultValue: Described {
    /// What it looks like in an answer. A type that is a parameter too may be held to more there.
    static var answerSchema: Schema { get }
    func write(to writer: inout JSONWriter)
}

extension ResultValue {
    public static var answerSchema: Schema { schema }
}

/// A record that we answer with: its fields are listed once, and writing and schema follow from the list.
///
///     struct CounterView: ResultRecord {
///         let id: CounterID
///         static let fields: [ResultField<Self>] = [
///             .init("id", "The counter.") { $0.id },
///         ]
///     }
public protocol ResultRecord: ResultValue {
    static var fields: [ResultField<Self>] { get }
}

/// One field of a record. A field whose value is `nil` is left out of the answer.
public struct ResultField<Record>: Sendable {
    /// Made anew each time: records of a generic type tell their fields for each value that they write.
    public var property: Schema.Property { describe() }
    private let describe: @Sendable () -> Schema.Property
    let write: @Sendable (Record, inout JSONWriter) -> Void

    public init<Value: ResultValue>(_ name: String, _ text: String, _ value: @escaping @Sendable (Record) -> Value) {
        describe = { Schema.Property(name, Value.answerSchema, isRequired: true, text) }
        write = { record, writer in
            writer.name(name)
            value(record).write(to: &writer)
        }
    }

    public init<Value: ResultValue>(_ name: String, _ text: String, _ value: @escaping @Sendable (Record) -> Value?) {
        describe = { Schema.Property(name, Value.answerSchema, isRequired: false, text) }
        write = { record, writer in
            guard let value = value(record) else { return }
            writer.name(name)
            value.write(to: &writer)
        }
    }
}

extension ResultRecord {
    public static var schema: Schema { .object(fields.map(\.property)) }

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in for field in Self.fields { field.write(self, &writer) } }
    }
}

extension ResultValue {
    /// The value as JSON text.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}

extension String: ResultValue {
    /// Of any length: mails and pictures are longer than what is taken in.
    public static var answerSchema: Schema { .string }

    public func write(to writer: inout JSONWriter) { writer.string(self) }
}

extension Bool: ResultValue {
    public func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension Int: ResultValue {
    public func write(to writer: inout JSONWriter) { writer.integer(Int64(self)) }
}

extension Array: ResultValue where Element: ResultValue {
    public static var answerSchema: Schema { .array(Element.answerSchema, counts: nil) }

    public func write(to writer: inout JSONWriter) {
        writer.array { writer in for element in self { element.write(to: &writer) } }
    }
}

extension JSON: ResultValue {
    public func write(to writer: inout JSONWriter) { writer.json(self) }
}

/// An empty answer: the call was carried out and there is nothing to tell.
public struct Done: ResultRecord {
    public init() {}
    public static var fields: [ResultField<Done>] { [] }
}

/// What a caller names its call by; the reply repeats it exactly.
public enum RequestID: Sendable {
    /// `"id": null`, a request all the same.
    case null
    case integer(Int64)
    /// A number with a fraction, an exponent or outside of `Int64`, as it was written.
    case number(String)
    case string(String)

    public func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .integer(let value): writer.integer(value)
        case .number(let text): writer.number(text)
        case .string(let text): writer.string(text)
        }
    }
}

extension RequestID: Hashable {
    /// Ids are equal by their bytes, as callers compare them.
    public static func == (one: RequestID, other: RequestID) -> Bool {
        switch (one, other) {
        case (.null, .null): true
        case (.integer(let one), .integer(let other)): one == other
        case (.number(let one), .number(let other)): one.isSameBytes(as: other)
        case (.string(let one), .string(let other)): one.isSameBytes(as: other)
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .integer(let value): hasher.combine(value)
        case .number(var text), .string(var text):
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

/// A call of a method.
public struct Request: Sendable, Hashable {
    /// `nil` for a notification, which is not answered.
    public var id: RequestID?
    public var method: String
    public var params: Params
    /// The caller's W3C trace context, if it sent a well-formed one.
    public var traceparent: String?

    public init(id: RequestID?, method: String, params: Params = .absent, traceparent: String? = nil) {
        (self.id, self.method, self.params, self.traceparent) = (id, method, params, traceparent)
    }

    public enum Params: Sendable, Hashable {
        /// Left out, or `null`, which several client libraries send instead.
        case absent
        case named(JSONObject)
        case positional([JSON])
    }

    /// The compact text.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("jsonrpc")
            writer.string("2.0")
            if let id {
                writer.name("id")
                id.write(to: &writer)
            }
            writer.name("method")
            writer.string(method)
            switch params {
            case .absent: break
            case .named(let object):
                writer.name("params")
                writer.json(.object(object))
            case .positional(let values):
                writer.name("params")
                writer.json(.array(values))
            }
            if let traceparent {
                writer.name("traceparent")
                writer.string(traceparent)
            }
        }
        return writer.bytes
    }
}

extension JSONObject {
    /// Names positional parameters in the order of a method's declaration.
    public init(positional values: [JSON], names: [String]) throws(InvalidParameters) {
        if values.count > names.count {
            let reason = "is one too many: the method has \(names.count) parameters"
            throw InvalidParameters(problems: [Problem(pointer: "/\(names.count)", reason: reason)])
        }
        self.init(zip(names, values).map { Member(name: $0, value: $1) })
    }
}

/// A peer's answer to a call of ours.
public struct Response: Sendable, Hashable {
    /// `nil` if it is missing or no id.
    public var id: RequestID?
    public var outcome: Result<JSON, RPCError>

    public init(id: RequestID?, outcome: Result<JSON, RPCError>) { (self.id, self.outcome) = (id, outcome) }
}

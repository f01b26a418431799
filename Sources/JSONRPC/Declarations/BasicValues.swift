extension String: ParameterValue {
    /// Text of a line's length. Types with a tighter rule are types of their own.
    public static var schema: Schema { .string(format: nil, pattern: nil, lengths: 1...500) }
    public static var placeholder: String { "" }

    public init(parameter: JSON) throws(Unfit) {
        guard case .string(let text) = parameter else { throw Unfit("must be a string, not \(parameter.kind)") }
        if text.isEmpty { throw Unfit("must not be empty") }
        if text.unicodeScalars.count > 500 { throw Unfit("must have at most 500 characters") }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" && $0 != "\t" || $0.value == 0x7F }) {
            throw Unfit("must not hold control characters")
        }
        self = text
    }
}

extension Bool: ParameterValue {
    public static var schema: Schema { .boolean }
    public static var placeholder: Bool { false }

    public init(parameter: JSON) throws(Unfit) {
        guard case .bool(let value) = parameter else { throw Unfit("must be true or false, not \(parameter.kind)") }
        self = value
    }
}

extension Int: ParameterValue {
    public static var schema: Schema { .integer(Int64(Int32.min)...Int64(Int32.max)) }
    public static var placeholder: Int { 0 }

    public init(parameter: JSON) throws(Unfit) {
        guard case .integer(let value) = parameter else {
            throw Unfit("must be an integer without fraction or exponent, not \(parameter.kind)")
        }
        guard let value = Int32(exactly: value) else { throw Unfit("must lie between −2147483648 and 2147483647") }
        self = Int(value)
    }
}

extension Array: Described where Element: Described {
    public static var schema: Schema { .array(Element.schema, counts: nil) }
}

extension Array: ParameterValue where Element: ParameterValue {
    public static var placeholder: [Element] { [] }

    public init(parameter: JSON) throws(Unfit) {
        guard case .array(let values) = parameter else { throw Unfit("must be an array, not \(parameter.kind)") }
        if values.count > 500 { throw Unfit("must have at most 500 elements") }
        self = []
        for (index, value) in values.enumerated() {
            do { append(try Element(parameter: value)) } catch {
                throw Unfit(error.reason, path: [String(index)] + error.path)
            }
        }
    }
}

extension JSON: ParameterValue {
    public static var schema: Schema { .any }
    public static var placeholder: JSON { .null }
    public init(parameter: JSON) throws(Unfit) { self = parameter }
}

/// A parameter that is one of a few words.
public protocol WordParameter: ParameterValue, CaseIterable, RawRepresentable<String>, ResultValue {}

extension WordParameter {
    public static var schema: Schema { .words(allCases.map(\.rawValue)) }
    public static var placeholder: Self { allCases.first! }

    public init(parameter: JSON) throws(Unfit) {
        guard case .string(let text) = parameter else { throw Unfit("must be a string, not \(parameter.kind)") }
        guard let value = Self.allCases.first(where: { $0.rawValue.isSameBytes(as: text) }) else {
            let words = Self.allCases.map(\.rawValue)
            let near = Spelling.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
            throw Unfit("must be one of " + words.joined(separator: ", ") + near)
        }
        self = value
    }

    public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}

/// A parameter that is an object: declared like the parameters of a method.
public protocol ObjectParameter: Parameters, ParameterValue {}

extension ObjectParameter {
    public static var schema: Schema { .object(properties) }
    public static var placeholder: Self {
        var reader = ParameterReader()
        return Self(from: &reader)
    }

    public init(parameter: JSON) throws(Unfit) {
        guard case .object(let object) = parameter else { throw Unfit("must be an object, not \(parameter.kind)") }
        do { self = try Self.read(object) } catch {
            let first = error.problems[0]
            throw Unfit(first.reason, path: first.pointer.split(separator: "/").map(String.init))
        }
    }
}

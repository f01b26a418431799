extension String: ParameterValue {
    /// Text of a line's length. Types with a tighter rule are types of their own.
    public static var schema: Schema { .string(format: nil, pattern: nil, lengths: 1...500) }
    public static var placeholder: String { "" }

    public init(parameter: JSON) throws(Unfit) {
        guard case .string(let text) = parameter else { throw Unfit("must be a string, not \(parameter.kind)") }
        if text.isEmpty { throw Unfit("must not be empty") }
        // No text has more characters than bytes, and control characters are single bytes.
        if text.utf8.count > 500, text.unicodeScalars.count > 500 { throw Unfit("must have at most 500 characters") }
        if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F }) {
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
        var unfit: [Unfit] = []
        for (index, value) in values.enumerated() where unfit.count < Problem.mostNamed {
            do { append(try Element(parameter: value)) } catch { unfit += error.parts(under: String(index)) }
        }
        if !unfit.isEmpty { throw Unfit(all: unfit) }
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
            throw Unfit(all: error.problems.map { Unfit($0.reason, path: $0.path) })
        }
    }
}

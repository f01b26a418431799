/// A value that a peer may send: it knows its schema, and says what is wrong with a text that does not fit.
public protocol ParameterValue: Described {
    /// Stands in while a declaration is being described or after a value was refused; never acted upon.
    static var placeholder: Self { get }
    /// Reads the value. The error says what would be right, without repeating what was sent: it may be secret.
    init(parameter: JSON) throws(Unfit)
}

/// Why a value does not fit. `path` leads from the parameter to the part that is wrong.
public struct Unfit: Error, Hashable {
    public var path: [String]
    public var reason: String
    /// What else is wrong with the same value, each with its own path from it.
    public var others: [Unfit] = []

    public init(_ reason: String, path: [String] = []) { (self.reason, self.path) = (reason, path) }

    /// Several things wrong at once: at least one.
    public init(all unfit: [Unfit]) {
        self = unfit[0]
        others = Array(unfit.dropFirst())
    }

    /// Each thing that is wrong, as seen from outside of an array or object whose part at `step` does not fit.
    public func parts(under step: String? = nil) -> [Unfit] {
        var first = self
        first.others = []
        let all = [first] + others
        guard let step else { return all }
        return all.map { Unfit($0.reason, path: [step] + $0.path) }
    }
}

/// One thing that is wrong with the parameters: a JSON pointer (RFC 6901) into `params`, and why.
public struct Problem: Sendable, Hashable, Error {
    public var pointer: String
    public var reason: String

    public init(pointer: String, reason: String) { (self.pointer, self.reason) = (pointer, reason) }

    /// How many problems one answer names; a peer that sends more nonsense does not make us work on all of it.
    public static let mostNamed = 32
}

/// The parameters of a method or a nested object: read and described by the same initialiser.
///
///     struct Params: Parameters {
///         let name: String
///         init(from reader: inout ParameterReader) {
///             name = reader.required("name", "What people call it.")
///         }
///     }
public protocol Parameters: Sendable {
    init(from reader: inout ParameterReader)
}

/// No parameters at all.
public struct NoParameters: Parameters {
    public init(from reader: inout ParameterReader) {}
}

/// Hands out the members of an object, and notes what is asked, what is wrong, and what was never asked for.
public struct ParameterReader: ~Copyable {
    private let object: JSONObject?
    private var isDescribing: Bool { object == nil }
    /// The members asked for so far, there or not.
    private var asked: [String] = []
    public private(set) var properties: [Schema.Property] = []
    public private(set) var problems: [Problem] = []
    /// Names that a generic layer above reads itself, such as `idempotencyKey`.
    private let reserved: [String]

    /// A reader that only describes.
    public init() { (object, reserved) = (nil, []) }

    public init(_ object: JSONObject, reserved: [String] = []) { (self.object, self.reserved) = (object, reserved) }

    /// A member that must be there.
    public mutating func required<Value: ParameterValue>(_ name: String, _ text: String) -> Value {
        guard let object else { return describe(name, Value.self, isRequired: true, text) }
        asked.append(name)
        guard let json = object[name] else {
            problems.append(Problem(pointer: "/" + Problem.escape(name), reason: "is missing"))
            return Value.placeholder
        }
        return read(json, name) ?? Value.placeholder
    }

    /// A member that may be absent or `null`.
    public mutating func optional<Value: ParameterValue>(_ name: String, _ text: String) -> Value? {
        guard let object else {
            _ = describe(name, Value.self, isRequired: false, text)
            return nil
        }
        asked.append(name)
        guard let json = object[name] else { return nil }
        return json == .null ? nil : read(json, name)
    }

    /// A member that may be absent, with what then holds.
    public mutating func optional<Value: ParameterValue>(_ name: String, default value: Value, _ text: String) -> Value
    {
        optional(name, text) ?? value
    }

    /// A member of a partial update: absent leaves the field alone, `null` or `""` clears it.
    public mutating func change<Value: ParameterValue>(_ name: String, _ text: String) -> Change<Value> {
        guard let object else {
            _ = describe(name, Value.self, isRequired: false, text)
            return .keep
        }
        asked.append(name)
        guard let json = object[name] else { return .keep }
        if json == .null || json == .string("") { return .clear }
        return read(json, name).map(Change.set) ?? .keep
    }

    /// Says that a combination of members is wrong.
    public mutating func refuse(_ name: String, _ reason: String) {
        if !isDescribing { problems.append(Problem(pointer: "/" + Problem.escape(name), reason: reason)) }
    }

    /// The problems found, those of members that nobody asked for among them.
    public consuming func finish() -> [Problem] {
        guard let object else { return problems }
        for (index, member) in object.members.enumerated() where problems.count < Problem.mostNamed {
            // Most clients send the members in the order in which they are declared.
            if index < asked.count, asked[index].isSameBytes(as: member.name) { continue }
            if asked.contains(where: { $0.isSameBytes(as: member.name) }) { continue }
            if reserved.contains(where: { $0.isSameBytes(as: member.name) }) { continue }
            let near = Spelling.nearest(to: member.name, in: asked + reserved).map { "; did you mean \($0)?" } ?? ""
            problems.append(
                Problem(pointer: "/" + Problem.escape(member.name), reason: "is not a parameter here" + near))
        }
        return problems
    }

    private mutating func describe<Value: ParameterValue>(
        _ name: String, _ type: Value.Type, isRequired: Bool, _ text: String
    ) -> Value {
        properties.append(Schema.Property(name, Value.schema, isRequired: isRequired, text))
        return Value.placeholder
    }

    private mutating func read<Value: ParameterValue>(_ json: JSON, _ name: String) -> Value? {
        do {
            return try Value(parameter: json)
        } catch {
            for part in error.parts(under: name) where problems.count < Problem.mostNamed {
                let pointer = part.path.map { "/" + Problem.escape($0) }.joined()
                problems.append(Problem(pointer: pointer, reason: part.reason))
            }
            return nil
        }
    }
}

/// What a partial update does with an optional field.
public enum Change<Value: Sendable>: Sendable {
    case keep, clear
    case set(Value)

    /// The field's value after the change.
    public func applied(to old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .clear: nil
        case .set(let value): value
        }
    }
}

extension Problem {
    /// A name as a step of a JSON pointer. What a peer sent is cut at 64 characters.
    static func escape(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars.prefix(64) {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The steps of the pointer, their escapes resolved.
    var path: [String] {
        pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { step in
            var name = ""
            var escaped = false
            for scalar in step.unicodeScalars {
                switch (scalar, escaped) {
                case ("~", false): escaped = true
                case ("0", true): (name, escaped) = (name + "~", false)
                case ("1", true): (name, escaped) = (name + "/", false)
                default: name.unicodeScalars.append(scalar)
                }
            }
            return name
        }
    }
}

extension Parameters {
    /// The members as the declaration lists them.
    public static var properties: [Schema.Property] {
        var reader = ParameterReader()
        _ = Self(from: &reader)
        return reader.properties
    }

    /// Reads an object whole, or tells all that is wrong with it.
    public static func read(_ object: JSONObject, reserved: [String] = []) throws(InvalidParameters) -> Self {
        var reader = ParameterReader(object, reserved: reserved)
        let value = Self(from: &reader)
        let problems = reader.finish()
        if !problems.isEmpty { throw InvalidParameters(problems: problems) }
        return value
    }
}

/// The parameters do not fit their declaration; answered with −32602.
public struct InvalidParameters: Error, Hashable {
    public var problems: [Problem]

    public init(problems: [Problem]) { self.problems = problems }
}

import JSONRPC

/// Makes the parameters of a call from words of a command line, by the types that the method declares.
///
/// - `name=value`: text as it is; an integer, `true` or `false` where the parameter is one; nothing after `=` clears.
/// - `list=a,b list=c`: several elements, by commas, by repeating, or both.
/// - `outer.inner=value`: a member of an object.
/// - `name=@FILE`: the file's text, its bytes where the parameter takes base64, or its JSON where it is no text.
/// - `name:=JSON`, `name:=@FILE`: any JSON value, whatever the type.
public struct CallArguments {
    private let declaration: MethodDeclaration
    private let file: (String) throws(ArgumentProblem) -> [UInt8]

    /// - Parameter file: Reads a file that was named.
    public init(of declaration: MethodDeclaration, file: @escaping (String) throws(ArgumentProblem) -> [UInt8]) {
        (self.declaration, self.file) = (declaration, file)
    }

    /// - Parameter base: Parameters that were given otherwise; the words win over them.
    public func params(from words: [String], base: JSONObject = JSONObject()) throws(ArgumentProblem) -> JSONObject {
        var params = base
        var given: Set<String> = []
        for word in words {
            let (name, value, isRaw) = try Self.split(word)
            let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let schema = try schema(of: path)
            let json = try isRaw ? raw(value, name) : typed(value, schema, name)
            if !given.insert(name).inserted {
                guard case .array = schema, let old = params[path]?.array, let new = json.array else {
                    throw ArgumentProblem("\(name) is given twice")
                }
                params.set(.array(old + new), at: path)
            } else {
                params.set(json, at: path)
            }
        }
        return params
    }

    /// A JSON text that stands in the command line or, after `@`, in a file.
    public func raw(_ text: String, _ name: String) throws(ArgumentProblem) -> JSON {
        let bytes = try text.hasPrefix("@") ? file(String(text.dropFirst())) : Array(text.utf8)
        return try Self.parse(bytes, name)
    }

    /// Parses what the user wrote; `name` says in errors what it was meant for.
    public static func parse(_ bytes: [UInt8], _ name: String) throws(ArgumentProblem) -> JSON {
        let limits = JSONLimits(values: 4_000_000, stringBytes: 16 * 1024 * 1024)
        do {
            return try JSON(parsing: bytes, limits: limits)
        } catch {
            throw ArgumentProblem("\(name): not JSON, \(error.reason.rawValue) at byte \(error.offset)")
        }
    }

    private static func split(_ word: String) throws(ArgumentProblem) -> (name: String, value: String, isRaw: Bool) {
        guard let equals = word.firstIndex(of: "=") else {
            throw ArgumentProblem("“\(word)”: write parameters as name=value")
        }
        let value = String(word[word.index(after: equals)...])
        let name = word[..<equals]
        return name.hasSuffix(":") ? (String(name.dropLast()), value, true) : (String(name), value, false)
    }

    private func schema(of path: [String]) throws(ArgumentProblem) -> Schema {
        var schema = Schema.object(declaration.allParameters)
        for (depth, step) in path.enumerated() {
            switch schema.unnamed {
            case .any: return .any
            case .object(let properties):
                let names = properties.map(\.name)
                guard let property = properties.first(where: { $0.name.isSameBytes(as: step) }) else {
                    let near = Spelling.nearest(to: step, in: names).map { "; did you mean \($0)?" } ?? ""
                    let whole = path[...depth].joined(separator: ".")
                    throw ArgumentProblem("\(declaration.name) has no parameter \(whole)\(near)")
                }
                schema = property.schema
            default:
                throw ArgumentProblem("\(path[..<depth].joined(separator: ".")) is no object, so it has no \(step)")
            }
        }
        return schema.unnamed
    }

    private func typed(_ text: String, _ schema: Schema, _ name: String) throws(ArgumentProblem) -> JSON {
        guard text.hasPrefix("@") else { return try Self.value(text, schema, name) }
        let bytes = try file(String(text.dropFirst()))
        switch schema {
        case .string(format: "base64", _, _): return .string(Base64.text(bytes))
        case .string, .words:
            return .string(try Self.wholeText(of: bytes, name))
        case .array:
            let json = try Self.parse(bytes, name)
            return json.array == nil ? .array([json]) : json
        default: return try Self.parse(bytes, name)
        }
    }

    /// A file's text without the line end that editors put at its end.
    public static func wholeText(of bytes: [UInt8], _ name: String) throws(ArgumentProblem) -> String {
        var bytes = bytes[...]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ArgumentProblem("\(name): the file is not UTF-8")
        }
        return text
    }

    private static func value(_ text: String, _ schema: Schema, _ name: String) throws(ArgumentProblem) -> JSON {
        switch schema.unnamed {
        case .string, .words: return .string(text)
        case .boolean:
            if text.isEmpty { return .null }
            guard let value = Bool(text) else { throw ArgumentProblem("\(name) must be true or false") }
            return .bool(value)
        case .integer:
            if text.isEmpty { return .null }
            guard let value = Int64(text) else { throw ArgumentProblem("\(name) must be an integer") }
            return .integer(value)
        case .array(let element, _): return try list(text, of: element, name)
        case .object: return text.isEmpty ? .null : try parse(Array(text.utf8), name)
        case .any: return (try? JSON(parsing: Array(text.utf8))) ?? .string(text)
        case .named(_, let schema): return try value(text, schema, name)
        }
    }

    private static func list(_ text: String, of element: Schema, _ name: String) throws(ArgumentProblem) -> JSON {
        if text.isEmpty { return [] }
        switch element.unnamed {
        case .array, .object, .any:
            let json = try parse(Array(text.utf8), name)
            return json.array == nil ? .array([json]) : json
        default:
            var values: [JSON] = []
            for part in text.split(separator: ",") { values.append(try value(String(part), element, name)) }
            return .array(values)
        }
    }
}

extension Schema {
    /// The schema behind a name.
    var unnamed: Schema { if case .named(_, let schema) = self { schema.unnamed } else { self } }
}

extension JSONObject {
    /// The value at the end of a path of member names.
    fileprivate subscript(path: [String]) -> JSON? {
        var value: JSON? = .object(self)
        for step in path { value = value?[step] }
        return value
    }

    /// Puts a value at the end of a path; what stands in the way and is no object gives way.
    fileprivate mutating func set(_ value: JSON, at path: [String]) {
        guard let first = path.first else { return }
        var new = value
        if path.count > 1 {
            var inner = self[first]?.object ?? JSONObject()
            inner.set(value, at: Array(path.dropFirst()))
            new = .object(inner)
        }
        if let place = members.firstIndex(where: { $0.name.isSameBytes(as: first) }) {
            members[place].value = new
        } else {
            members.append(.init(name: first, value: new))
        }
    }
}

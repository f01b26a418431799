import JSONRPC

/// What a configuration file and the environment say, before anybody knows whether it makes sense.
struct SettingSources {
    /// A value that somebody gave. Of a variable it is the text; the declaration says what the text must be.
    struct Given {
        let value: JSON
        let source: SettingSource
    }

    /// Variables with our prefix that are no settings: `KSBD_STRICT` speaks to the build, and tests inherit it;
    /// `KSBD_FAILPOINT` belongs to one run of a test.
    private static let foreignVariables = ["KSBD_STRICT", "KSBD_FAILPOINT"]

    /// From the file, by key.
    private(set) var file: [String: Given] = [:]
    /// From the environment, by the variable's name.
    private(set) var variables: [String: Given] = [:]
    private(set) var problems: [ConfigurationError.Problem] = []

    init() {}

    /// - Parameters:
    ///   - path: The configuration file, `nil` for none.
    ///   - environment: The process' environment. A variable without text counts as absent.
    init(path: String?, environment: [String: String]) {
        for (name, text) in environment
        where name.hasPrefix("KSBD_") && !text.isEmpty && !Self.foreignVariables.contains(name) {
            variables[name] = Given(value: .string(text), source: .variable(name))
        }
        if let path { read(path) }
    }

    private mutating func read(_ path: String) {
        do throws(HostFile.Failure) {
            let bytes = try HostFile.read(path).bytes
            let json = try Self.parse(bytes)
            guard case .object(let object) = json else {
                throw HostFile.Failure(reason: "must hold an object, not \(json.kind)")
            }
            flatten(object, prefix: "", path)
        } catch {
            refuse("", path, error.reason)
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(HostFile.Failure) -> JSON {
        do { return try JSON(parsing: bytes) } catch {
            let line = bytes[..<error.offset].count { $0 == UInt8(ascii: "\n") } + 1
            throw HostFile.Failure(reason: "is not JSON: \(error.reason.rawValue) in line \(line)")
        }
    }

    private mutating func flatten(_ object: JSONObject, prefix: String, _ path: String) {
        for member in object.members {
            let key = prefix + member.name
            if member.name.utf8.contains(UInt8(ascii: ".")) {
                refuse(key, path, "must be written as objects within one another, without dots in a name")
            } else if case .object(let inner) = member.value {
                flatten(inner, prefix: key + ".", path)
            } else {
                file[key] = Given(value: member.value, source: .file(path))
            }
        }
    }

    private mutating func refuse(_ key: String, _ path: String, _ reason: String) {
        problems.append(.init(key: key, source: .file(path), reason: reason))
    }

    /// The keys and variables that are none of these settings, each with what was probably meant.
    func unknown(among settings: [Setting]) -> [ConfigurationError.Problem] {
        let keys = settings.map(\.key)
        let names = settings.map(\.variable)
        var result: [ConfigurationError.Problem] = []
        for (key, given) in file.sorted(by: { $0.key < $1.key }) where !keys.contains(key) {
            let reason =
                if keys.contains(where: { $0.hasPrefix(key + ".") }) {
                    "must be an object with settings in it"
                } else if let above = keys.first(where: { key.hasPrefix($0 + ".") }) {
                    "is not a setting; \(above) takes no object"
                } else {
                    Self.unknownText(key, keys)
                }
            result.append(.init(key: key, source: given.source, reason: reason))
        }
        for (name, given) in variables.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
            result.append(.init(key: name, source: given.source, reason: Self.unknownText(name, names)))
        }
        return result
    }

    private static func unknownText(_ name: String, _ names: [String]) -> String {
        "is not a setting" + (Spelling.nearest(to: name, in: names).map { "; did you mean \($0)?" } ?? "")
    }
}

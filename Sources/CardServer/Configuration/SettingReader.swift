import JSONRPC

/// Hands out the settings one by one. Reading a setting declares it: there is no list to keep beside the code.
struct SettingReader {
    /// A setting with the value that holds.
    struct Entry {
        let setting: Setting
        var value: JSON
        let source: SettingSource
    }

    private let sources: SettingSources
    private(set) var entries: [Entry] = []
    private(set) var problems: [ConfigurationError.Problem]

    /// - Parameter sources: What somebody set; empty for a reader that only collects the declarations.
    init(_ sources: SettingSources = SettingSources()) {
        self.sources = sources
        problems = sources.problems
    }

    /// An integer; its unit is the last word of its key.
    mutating func integer(_ key: String, _ standard: Int, in range: ClosedRange<Int>, _ text: String) -> Int {
        let json = read(key, .integer(range), .integer(Int64(standard)), text)
        return json.integer.map(Int.init) ?? standard
    }

    /// An integer that is absent unless somebody sets it.
    mutating func optionalInteger(_ key: String, in range: ClosedRange<Int>, _ text: String) -> Int? {
        read(key, .integer(range), .null, text).integer.map(Int.init)
    }

    /// An integer whose standard follows from the machine.
    mutating func integer(
        _ key: String, computed standard: Int, as standardText: String, in range: ClosedRange<Int>, _ text: String
    ) -> Int {
        let json = read(key, .integer(range), .integer(Int64(standard)), standardText: standardText, text)
        return json.integer.map(Int.init) ?? standard
    }

    mutating func boolean(_ key: String, _ standard: Bool, _ text: String) -> Bool {
        read(key, .boolean, .bool(standard), text).bool ?? standard
    }

    mutating func text(_ key: String, _ standard: String, _ text: String) -> String {
        read(key, .text, .string(standard), text).string ?? standard
    }

    mutating func optionalText(_ key: String, _ text: String) -> String? { read(key, .text, .null, text).string }

    /// A text whose standard follows from the machine; `nil` where the machine gives none.
    mutating func text(_ key: String, computed standard: String?, as standardText: String, _ text: String) -> String? {
        read(key, .text, standard.map(JSON.string) ?? .null, standardText: standardText, text).string
    }

    mutating func word<Word: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ standard: Word, _ text: String
    ) -> Word {
        let words = Word.allCases.map(\.rawValue)
        let json = read(key, .words(words), .string(standard.rawValue), text)
        return json.string.flatMap(Word.init(rawValue:)) ?? standard
    }

    /// The path of a file that must be readable.
    mutating func file(_ key: String, _ text: String, isReloadable: Bool = false) -> String? {
        read(key, .file, .null, text, isReloadable: isReloadable).string
    }

    mutating func secretFile(_ key: String, _ text: String, isReloadable: Bool = false) -> SecretFile? {
        read(key, .secretFile, .null, text, isReloadable: isReloadable).string.map(SecretFile.init)
    }

    /// A secret whose file the daemon makes itself if nobody names one.
    mutating func secretFile(
        _ key: String, computed standard: SecretFile, as standardText: String, _ text: String
    ) -> SecretFile {
        let json = read(key, .secretFile, .string(standard.path), standardText: standardText, text)
        return json.string.map(SecretFile.init) ?? standard
    }

    /// Whether somebody set a setting that was read already.
    func isSet(_ key: String) -> Bool { source(of: key) != .standard }

    private func source(of key: String) -> SettingSource {
        entries.first { $0.setting.key == key }?.source ?? .standard
    }

    /// Says that settings do not go together.
    mutating func refuse(_ key: String, _ reason: String) {
        problems.append(.init(key: key, source: source(of: key), reason: reason))
    }

    /// All that is wrong, names that no setting has among it.
    func finish() -> [ConfigurationError.Problem] { problems + sources.unknown(among: entries.map(\.setting)) }

    /// The value that holds; the standard where a wrong one was given, so that reading goes on to the next mistake.
    private mutating func read(
        _ key: String, _ kind: Setting.Kind, _ standard: JSON, standardText: String? = nil, _ text: String,
        isReloadable: Bool = false
    ) -> JSON {
        let setting = Setting(
            key: key, kind: kind, standard: standardText == nil ? standard : .null, standardText: standardText,
            text: text, isReloadable: isReloadable)
        var entry = Entry(setting: setting, value: standard, source: .standard)
        let given = sources.variables[setting.variable] ?? sources.file[key]
        if let given, given.value != .null {
            do throws(Unfit) {
                entry = Entry(setting: setting, value: try Self.fit(given, kind), source: given.source)
            } catch {
                problems.append(.init(key: key, source: given.source, reason: error.reason))
            }
        }
        entries.append(entry)
        return entry.value
    }

    private static func fit(_ given: SettingSources.Given, _ kind: Setting.Kind) throws(Unfit) -> JSON {
        var value = given.value
        if case .variable = given.source, case .string(let text) = value { value = typed(text, kind) }
        switch (kind, value) {
        case (.boolean, .bool): return value
        case (.boolean, _): throw Unfit("must be true or false, not \(value.kind)")
        case (.integer(let range), .integer(let number)):
            guard let number = Int(exactly: number), range.contains(number) else {
                throw Unfit("must lie between \(range.lowerBound) and \(range.upperBound)")
            }
            return value
        case (.integer, _): throw Unfit("must be an integer, not \(value.kind)")
        case (_, .string(let text)): try check(text, kind)
        default: throw Unfit("must be a string, not \(value.kind)")
        }
        return value
    }

    /// A variable's text as the kind of value that the setting takes, if it can be read so.
    private static func typed(_ text: String, _ kind: Setting.Kind) -> JSON {
        switch kind {
        case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
        case .integer: Int64(text).map(JSON.integer) ?? .string(text)
        default: .string(text)
        }
    }

    private static func check(_ text: String, _ kind: Setting.Kind) throws(Unfit) {
        if text.isEmpty { throw Unfit("must not be empty; leave it out, or write null") }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw Unfit("must not hold control characters") }
        switch kind {
        case .words(let words) where !words.contains(text):
            let near = Spelling.nearest(to: text, in: words).map { "; did you mean \($0)?" } ?? ""
            throw Unfit("must be one of " + words.joined(separator: ", ") + near)
        case .file: do { _ = try HostFile.read(text) } catch { throw Unfit("names a file that " + error.reason) }
        case .secretFile:
            do { _ = try SecretFile(path: text).content() } catch { throw Unfit("names a file that " + error.reason) }
        default: break
        }
    }
}

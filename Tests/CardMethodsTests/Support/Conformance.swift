import CardRules
import JSONRPC

@testable import CardMethods

extension MethodDeclaration {
    /// What an answer has in it that the declaration does not promise; empty for one that keeps to it.
    func faults(in answer: Result<JSON, RPCError>) -> [String] {
        switch answer {
        case .success(let json): return result.faults(in: json, at: "")
        case .failure(let error):
            // Errors of the wire belong to every method.
            guard error.code == RPCError.refusalCode else { return [] }
            return faults(inRefusal: error.data ?? .null)
        }
    }

    private func faults(inRefusal data: JSON) -> [String] {
        let declared = Set(errors.map(\.kind))
        let names = Set(allParameters.map(\.name))
        let reasons = data["reasons"]?.array ?? []
        let kinds = ([data["kind"]] + reasons.map { $0["kind"] }).map { $0?.string ?? "nothing" }
        let pointers = reasons.compactMap { $0["pointer"]?.string }
        return kinds.filter { !declared.contains($0) }.map { "refuses with \($0)" }
            + (kinds.count > 1 && kinds[0] == kinds[1] ? [] : ["is not named by its first reason"])
            + pointers.filter { pointer in !names.contains { "\(pointer)/".hasPrefix("/\($0)/") } }
            .map { "points at \($0)" }
    }
}

extension Schema {
    /// What is wrong with a value, each with a pointer to where.
    func faults(in json: JSON, at pointer: String) -> [String] {
        switch self {
        case .any: return []
        case .named(_, let schema): return schema.faults(in: json, at: pointer)
        case .boolean: return json.bool == nil ? ["\(pointer) is \(json.kind)"] : []
        case .integer(let range):
            guard let value = json.integer else { return ["\(pointer) is \(json.kind)"] }
            return range?.contains(value) == false ? ["\(pointer) is \(value)"] : []
        case .words(let words):
            return words.contains { $0 == json.string } ? [] : ["\(pointer) is none of its words: \(json.text)"]
        case .string(let format, let pattern, let lengths):
            guard let text = json.string else { return ["\(pointer) is \(json.kind)"] }
            let fits =
                lengths?.contains(text.unicodeScalars.count) != false && Self.has(text, format)
                && Self.matches(text, pattern)
            return fits ? [] : ["\(pointer) does not fit: \(text.prefix(60))"]
        case .array(let element, let counts):
            guard let values = json.array else { return ["\(pointer) is \(json.kind)"] }
            return (counts?.contains(values.count) == false ? ["\(pointer) has \(values.count) elements"] : [])
                + values.enumerated().flatMap { element.faults(in: $0.element, at: "\(pointer)/\($0.offset)") }
        case .object(let properties): return Self.faults(in: json, properties, at: pointer)
        }
    }

    private static func faults(in json: JSON, _ properties: [Property], at pointer: String) -> [String] {
        guard let object = json.object else { return ["\(pointer) is \(json.kind)"] }
        let known = Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.schema) })
        let missing = properties.filter { $0.isRequired && object[$0.name] == nil }.map {
            "\(pointer)/\($0.name) is missing"
        }
        return missing
            + object.members.flatMap { member in
                let place = "\(pointer)/\(member.name)"
                return known[member.name]?.faults(in: member.value, at: place) ?? ["\(place) is not declared"]
            }
    }

    private static func has(_ text: String, _ format: String?) -> Bool {
        switch format {
        case "uuid": ID<Never>(text: text) != nil
        case "date-time": Instant(text: text) != nil
        case "date": CivilDate(text: text) != nil
        default: true
        }
    }

    private static func matches(_ text: String, _ pattern: String?) -> Bool {
        guard let pattern else { return true }
        guard let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}

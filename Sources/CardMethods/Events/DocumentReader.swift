import CardRules
import JSONRPC

/// A place in a published document: what stands there, and the pointer to it.
struct DocumentField {
    /// `nil` where nothing or null stands.
    let json: JSON?
    /// A JSON pointer (RFC 6901) into the document.
    let pointer: String

    init(_ document: JSON) { self.init(document, pointer: "") }

    init(_ json: JSON?, pointer: String) {
        self.json = json == .null ? nil : json
        self.pointer = pointer
    }

    var isThere: Bool { json != nil }

    /// A member. Names come from our source only, so that none needs an escape in the pointer.
    subscript(name: StaticString) -> DocumentField {
        DocumentField(json?[name.description], pointer: "\(pointer)/\(name)")
    }

    subscript(language: Language) -> DocumentField {
        DocumentField(json?[language.rawValue], pointer: "\(pointer)/\(language.rawValue)")
    }

    /// The elements of an array; none for anything else.
    var elements: [DocumentField] {
        (json?.array ?? []).enumerated().map { DocumentField($0.element, pointer: "\(pointer)/\($0.offset)") }
    }
}

/// A document that cannot be taken, and everything that is wrong with it.
struct MalformedDocument: Error, Hashable {
    /// At least one.
    let problems: [Problem]
}

/// Reads the fields of a document one by one, and notes each that is malformed. What is not there reads as `nil`.
struct DocumentReader {
    private var problems: [Problem] = []

    /// The value, if nothing was wrong with the whole document.
    func finish<Value>(_ value: Value?) throws(MalformedDocument) -> Value {
        guard problems.isEmpty, let value else { throw MalformedDocument(problems: problems) }
        return value
    }

    mutating func refuse(_ field: DocumentField, _ reason: String) {
        if problems.count < Problem.mostNamed { problems.append(Problem(pointer: field.pointer, reason: reason)) }
    }

    /// Passes on a field that must be there.
    mutating func required(_ field: DocumentField) -> DocumentField {
        if !field.isThere { refuse(field, "is missing") }
        return field
    }

    mutating func string(_ field: DocumentField) -> String? {
        guard let json = field.json else { return nil }
        guard let text = json.string else {
            refuse(field, "must be a string, not \(json.kind)")
            return nil
        }
        return text
    }

    /// Text for people to read: a line's length, no control characters.
    mutating func text(_ field: DocumentField) -> String? {
        guard let json = field.json else { return nil }
        do { return try String(parameter: json) } catch {
            refuse(field, error.reason)
            return nil
        }
    }

    /// One of a few words.
    mutating func word<Value>(_ field: DocumentField, of words: KeyValuePairs<String, Value>) -> Value? {
        guard let text = string(field) else { return nil }
        if let known = words.first(where: { $0.key.isSameBytes(as: text) }) { return known.value }
        refuse(field, "must be one of " + words.map(\.key).joined(separator: ", "))
        return nil
    }

    mutating func instant(_ field: DocumentField) -> Instant? {
        read(field, "must be a date-time with offset (RFC 3339), such as 2026-04-30T14:00:00+02:00") {
            Instant(text: $0)
        }
    }

    mutating func date(_ field: DocumentField) -> CivilDate? {
        read(field, "must be a date that exists, such as 2026-04-30") { CivilDate(text: $0) }
    }

    mutating func time(_ field: DocumentField) -> TimeOfDay? {
        read(field, "must be a time from 00:00 to 23:59") { TimeOfDay(text: $0) }
    }

    private mutating func read<Value>(_ field: DocumentField, _ rule: String, _ make: (String) -> Value?) -> Value? {
        guard let text = string(field) else { return nil }
        let value = make(text)
        if value == nil { refuse(field, rule) }
        return value
    }

    /// Passes on a field that must be an object where it is there; one that is not is passed on as if it were not
    /// there.
    mutating func object(_ field: DocumentField) -> DocumentField {
        guard let json = field.json, json.object == nil else { return field }
        refuse(field, "must be an object, not \(json.kind)")
        return DocumentField(nil, pointer: field.pointer)
    }

    /// The elements of an array, so many at most.
    mutating func elements(_ field: DocumentField, atMost count: Int) -> [DocumentField] {
        guard let json = field.json else { return [] }
        guard let array = json.array else {
            refuse(field, "must be an array, not \(json.kind)")
            return []
        }
        if array.count > count {
            refuse(field, "must have at most \(count) elements")
            return []
        }
        return field.elements
    }
}

extension JSON {
    /// An object of those members that are there.
    static func object(present members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(JSONObject(members.compactMap { name, value in value.map { .init(name: name, value: $0) } }))
    }
}

import JSONRPC

/// The text of a value in a cell: text as it is, what is nested in a compact form.
struct CellText {
    /// In which a text in several languages is shown; `nil` to show them all.
    var language: Language?

    func text(of value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .array(let values): values.map(inner).joined(separator: values.contains(where: \.isNested) ? "; " : ", ")
        case .object(let object): translated(value) ?? text(of: object)
        case .bool, .integer, .number: value.text
        }
    }

    private func inner(_ value: JSON) -> String {
        switch value {
        case .object(let object): translated(value) ?? "{" + text(of: object) + "}"
        case .array: "[" + text(of: value) + "]"
        default: text(of: value)
        }
    }

    private func text(of object: JSONObject) -> String {
        object.members.map { "\($0.name)=\(inner($0.value))" }.joined(separator: ", ")
    }

    /// What stands in the wanted language, else in the main one, if the value is a text in several.
    private func translated(_ value: JSON) -> String? {
        value["main"]?.string == nil ? nil : language?.text(of: value)
    }
}

extension JSON {
    fileprivate var isNested: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}

extension JSON {
    /// The text with one element a line, indented by two spaces and ended by a line feed, for people and for
    /// comparing versions.
    public var pretty: String {
        var text = ""
        appendPretty(to: &text, indentation: "\n")
        return text + "\n"
    }

    private func appendPretty(to text: inout String, indentation: String) {
        let inner = indentation + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            text += "["
            for (index, value) in values.enumerated() {
                text += index == 0 ? inner : "," + inner
                value.appendPretty(to: &text, indentation: inner)
            }
            text += indentation + "]"
        case .object(let object) where !object.members.isEmpty:
            text += "{"
            for (index, member) in object.members.enumerated() {
                text += (index == 0 ? inner : "," + inner) + JSON.string(member.name).text + ": "
                member.value.appendPretty(to: &text, indentation: inner)
            }
            text += indentation + "}"
        default: text += self.text
        }
    }
}

import CardRules
import JSONRPC

/// What a cell of a spreadsheet means as a parameter. A text that does not fit stays text, and the parameter says why
/// it does not fit.
enum CellValue {
    /// `nil` for an empty cell.
    static func json(_ cell: String, _ schema: Schema) -> JSON? {
        let text = SpreadsheetText.meant(String(cell.trimmed))
        if text.isEmpty { return nil }
        switch schema {
        case .named(_, let schema): return json(text, schema)
        case .integer: return Int64(text).map(JSON.integer) ?? .string(text)
        case .boolean: return boolean(text).map(JSON.bool) ?? .string(text)
        case .array(let element, _):
            return .array(text.split(separator: ",").compactMap { json(String($0), element) })
        case .string(format: "date", _, _): return .string(date(text) ?? text)
        case .any: return (try? JSON(parsing: Array(text.utf8))) ?? .string(text)
        case .string, .words, .object: return .string(text)
        }
    }

    private static func boolean(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "ja", "yes", "oui", "waar", "vrai": true
        case "false", "0", "nee", "no", "non", "onwaar", "faux": false
        default: nil
        }
    }

    /// A day as Belgian spreadsheets write it, `17/3/1985`, in the form of ISO 8601.
    private static func date(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" || $0 == "." }
        guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count), parts[2].count == 4,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        func two(_ part: Substring) -> String { part.count == 1 ? "0" + part : String(part) }
        return "\(parts[2])-\(two(parts[1]))-\(two(parts[0]))"
    }
}

extension StringProtocol {
    /// Without blanks around it, the no-break space of spreadsheets among them.
    var trimmed: SubSequence {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace }
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}

import JSONRPC

/// A change of a card system as a line for people.
public enum FeedLine {
    public static func text(of entry: JSON) -> String {
        var words = [
            entry["sequence"]?.text ?? "", entry["at"]?.string ?? "", entry["kind"]?.string ?? "",
        ]
        if let kind = entry["objectKind"]?.string { words.append(kind) }
        if let id = entry["objectId"]?.string { words.append(id) }
        if let fields = entry["changedFields"]?.array, !fields.isEmpty {
            words.append(fields.compactMap(\.string).joined(separator: ","))
        }
        for detail in entry["details"]?.object?.members ?? [] {
            words.append("\(detail.name)=\(detail.value.string ?? detail.value.text)")
        }
        return ShownText.line(words.joined(separator: "  "))
    }
}

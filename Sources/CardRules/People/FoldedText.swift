/// A text as it is searched and compared: in lower case, without accents, so that Hélène is found by `helene`.
public enum FoldedText {
    public static func of(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        for letter in text.lowercased() {
            if letter.isASCII { folded.append(letter) } else { folded += plain[letter] ?? String(letter) }
        }
        return folded
    }

    /// Letters with marks by the letters without. Letters are compared by what they are, however they are encoded.
    private static let plain: [Character: String] = Dictionary(
        uniqueKeysWithValues: [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņň"), ("o", "òóôõöøōŏő"),
            ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"),
            ("z", "źżž"), ("ae", "æ"), ("oe", "œ"), ("ss", "ß"), ("th", "þ"), ("'", "’‘"),
        ].flatMap { letters, marked in marked.map { ($0, letters) } })
}

/// Codes as a partner sends them: a text with one in each line, whatever stands behind it (S16).
public struct CodeList: Sendable, Hashable {
    /// Each once, in the order of the lines.
    public private(set) var codes: [String] = []
    /// How many lines hold a code that an earlier one has.
    public private(set) var repeated = 0
    /// The lines, counted from 1, that hold no code that can be kept.
    public private(set) var faults: [Int] = []

    /// In characters.
    public static let lengths = 1...100

    /// Reads lines that end with LF, CRLF or CR. The code ends at the first comma, semicolon or tab, or stands in
    /// quotes. A first line that says `code` is a header; blank lines are left out.
    public init(_ text: String) {
        var known: Set<String> = []
        // CRLF is one character of Swift's, so that this cuts at each of the three line ends once.
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard let code = Self.code(line), index > 0 || code.lowercased() != "code" else { continue }
            guard Self.lengths.contains(code.unicodeScalars.count),
                !code.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
            else {
                faults.append(index + 1)
                continue
            }
            if known.insert(code).inserted { codes.append(code) } else { repeated += 1 }
        }
    }

    /// What a line begins with; `nil` for a blank one.
    private static func code(_ line: Substring) -> String? {
        let line = line.drop(while: \.isWhitespace)
        if line.isEmpty { return nil }
        var code = line.prefix { !",;\t".contains($0) }
        if line.first == "\"" {
            let quoted = line.dropFirst()
            code = quoted.prefix { $0 != "\"" }
        }
        while code.last?.isWhitespace == true { code.removeLast() }
        return String(code)
    }
}

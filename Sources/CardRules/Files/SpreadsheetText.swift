/// Text in files that people open in a spreadsheet.
public enum SpreadsheetText {
    /// `=`, `+`, `-`, `@`, tab, carriage return: with these a spreadsheet takes a text for a formula.
    private static let formula: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D]
    private static let apostrophe = UInt8(ascii: "'")

    /// The text as a spreadsheet shows it and never computes it.
    public static func plain(_ text: String) -> String {
        isComputed(text) ? "'" + text : text
    }

    /// A text that was made plain before counts too, so that making plain loses nothing.
    private static func isComputed(_ text: String) -> Bool {
        text.utf8.first { $0 != apostrophe }.map(formula.contains) == true
    }

    /// What was meant by a text that was made plain.
    public static func meant(_ text: String) -> String {
        text.utf8.first == apostrophe && isComputed(text) ? String(text.dropFirst()) : text
    }

    /// A line of a CSV file, with its CRLF; each text is made plain.
    public static func line(_ fields: [String], _ delimiter: CSVFormat.Delimiter = .comma) -> String {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(delimiter.byte) }
            let plain = Array(Self.plain(field).utf8)
            guard plain.contains(where: { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) }) else {
                bytes += plain
                continue
            }
            bytes.append(CSVFormat.quote)
            for byte in plain { bytes += byte == CSVFormat.quote ? [byte, byte] : [byte] }
            bytes.append(CSVFormat.quote)
        }
        return String(decoding: bytes, as: UTF8.self) + "\r\n"
    }
}

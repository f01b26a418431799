/// How the letters of a text file are written.
public enum FileEncoding: String, Sendable, CaseIterable {
    case utf8
    /// Read as Windows-1252, which spreadsheets mean by it; of its five empty places none is a letter.
    case latin1

    /// The text of bytes; `nil` if they are none in this encoding.
    func text(of bytes: ArraySlice<UInt8>) -> String? {
        switch self {
        case .utf8: return String(validating: bytes, as: UTF8.self)
        case .latin1:
            var text = String.UnicodeScalarView()
            for byte in bytes {
                guard let scalar = Self.latin1(byte) else { return nil }
                text.append(scalar)
            }
            return String(text)
        }
    }

    private static func latin1(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        let value = windows1252[Int(byte - 0x80)]
        return value == 0 ? nil : Unicode.Scalar(value)
    }

    /// What stands at 80 to 9F; 0 where nothing does.
    private static let windows1252: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
        0x017E, 0x0178,
    ]
}

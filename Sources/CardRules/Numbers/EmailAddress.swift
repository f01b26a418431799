/// An e-mail address that mail can be sent to. Two that differ only in case are equal.
public struct EmailAddress: Written {
    /// As it was written.
    public let text: String
    /// In lower case, to compare with.
    public let key: String

    public static let wrong = Malformed("must be an e-mail address, such as name@example.org")
    public static let tooLong = Malformed("must be an e-mail address of at most 254 characters, 64 before the @")

    /// Plain ASCII addresses with a domain of two parts or more: quoted names and bare addresses of hosts are refused.
    public init(checking text: String) throws(Malformed) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isName(parts[0]), Self.isDomain(parts[1]) else { throw Self.wrong }
        guard text.utf8.count <= 254, parts[0].count <= 64 else { throw Self.tooLong }
        self.text = text
        key = text.lowercased()
    }

    private static func isName(_ name: Substring.UTF8View) -> Bool {
        name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }
        }
    }

    private static func isDomain(_ domain: Substring.UTF8View) -> Bool {
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let hyphen = UInt8(ascii: "-")
        return labels.count >= 2 && labels.last!.count >= 2 && labels.last!.contains { $0.digit == nil }
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte.digit != nil || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

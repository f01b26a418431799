/// A telephone number, in the international form of E.164.
public struct PhoneNumber: Written {
    /// `+` and 8 to 15 digits.
    public let text: String

    public static let wrong = Malformed("must be a telephone number, such as 0471 23 45 67 or +31 20 123 4567")
    public static let wrongBelgian = Malformed("must be a Belgian telephone number of nine digits, or ten if mobile")

    /// Takes spaces and `.` `/` `-` `(` `)`, and `00` for `+`. Without a country it is Belgian.
    public init(checking text: String) throws(Malformed) {
        // The zero of +32 (0)9 is dialled inside the country only.
        let parts = text.split(separator: "(0)", maxSplits: 1, omittingEmptySubsequences: false)
        let compact = (text.hasPrefix("+") || text.hasPrefix("00") ? parts.joined() : text)
            .utf8.filter { !" ./-()".utf8.contains($0) }
        let digits = compact.first == UInt8(ascii: "+") ? compact.dropFirst() : compact[...]
        guard (8...17).contains(digits.count), digits.allSatisfy({ $0.digit != nil }) else { throw Self.wrong }
        let number = String(decoding: digits, as: UTF8.self)
        if compact.count > digits.count {
            self.text = "+" + number
        } else if number.hasPrefix("00") {
            self.text = "+" + number.dropFirst(2)
        } else if number.hasPrefix("0") {
            self.text = "+32" + number.dropFirst()
        } else {
            throw Self.wrong
        }
        guard (9...16).contains(self.text.utf8.count), !self.text.hasPrefix("+0") else { throw Self.wrong }
        guard let national = belgian else { return }
        guard !national.hasPrefix("0"), isBelgianMobile || national.utf8.count == 8 else { throw Self.wrongBelgian }
    }

    private var belgian: Substring? { text.hasPrefix("+32") ? text.dropFirst(3) : nil }

    private var isBelgianMobile: Bool {
        guard let national = belgian, national.utf8.count == 9 else { return false }
        return national.hasPrefix("4")
    }

    /// Text messages can reach it: any number but a Belgian landline, as other countries' plans are not known here.
    public var takesTextMessages: Bool { belgian == nil || isBelgianMobile }
}

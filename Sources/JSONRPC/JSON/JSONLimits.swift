/// Bounds on one JSON text, so that a peer cannot make it cost more than its bytes are worth.
public struct JSONLimits: Sendable, Hashable {
    /// Levels of arrays and objects within each other. The parser recurses once per level.
    public var depth: Int
    /// Values in the whole text, arrays and objects counted as one each beside what they hold.
    public var values: Int
    /// UTF-8 bytes of one string or member name, after its escapes are resolved.
    public var stringBytes: Int
    /// Characters of one number as written.
    public var numberCharacters: Int

    public init(
        depth: Int = 32, values: Int = 100_000, stringBytes: Int = 256 * 1024, numberCharacters: Int = 64
    ) {
        self.depth = depth
        self.values = values
        self.stringBytes = stringBytes
        self.numberCharacters = numberCharacters
    }
}

/// Why bytes are not a JSON text that we accept, and where.
public struct JSONSyntaxError: Error, Hashable {
    /// The byte, counted from 0, at which the text stops being acceptable.
    public var offset: Int
    public var reason: Reason

    public init(offset: Int, reason: Reason) { (self.offset, self.reason) = (offset, reason) }

    /// The ways to fail, spelled as in an error's `data.reason`.
    public enum Reason: String, Sendable, CaseIterable {
        /// The text ends inside a value.
        case unexpectedEnd
        /// No value, separator or bracket of JSON begins with this byte here.
        case unexpectedByte
        /// Something follows the value.
        case trailingBytes
        /// A byte order mark: the text must be plain UTF-8.
        case byteOrderMark
        /// Bytes that are not UTF-8, overlong forms and encoded surrogates among them.
        case invalidUTF8
        /// A control character in a string that is not escaped.
        case controlCharacter
        /// An escape that JSON does not know.
        case invalidEscape
        /// Half of a surrogate pair.
        case loneSurrogate
        /// U+0000, which neither C strings nor PostgreSQL can hold.
        case nulCharacter
        /// A member name that the object already has, after escapes are resolved.
        case duplicateMember
        case tooDeep
        case tooManyValues
        case stringTooLong
        case numberTooLong
    }
}

extension JSON {
    /// Reads one JSON text (RFC 8259) strictly: UTF-8 only, no byte order mark, no member twice, no U+0000.
    ///
    /// Integers that fit `Int64` become `.integer` (`-0` is 0); any other number keeps its text.
    public init(
        parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes, limits)
        self = try parser.document()
    }

    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONSyntaxError) in
            try JSON(parsing: UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }

    public init(parsing bytes: ArraySlice<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONSyntaxError) in
            try JSON(parsing: UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }
}

/// A recursive descent over borrowed bytes. It recurses only into arrays and objects, whose depth is bounded.
struct JSONParser {
    private let bytes: UnsafeRawBufferPointer
    private let limits: JSONLimits
    /// The next byte to read.
    private var at = 0
    private var depth = 0
    private var values = 0

    init(_ bytes: UnsafeRawBufferPointer, _ limits: JSONLimits) { (self.bytes, self.limits) = (bytes, limits) }

    mutating func document() throws(JSONSyntaxError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw failure(.byteOrderMark) }
        skipBlanks()
        let json = try value()
        skipBlanks()
        if at < bytes.count { throw failure(.trailingBytes) }
        return json
    }

    /// The value that begins at the next byte; blanks before it are already skipped.
    private mutating func value() throws(JSONSyntaxError) -> JSON {
        values += 1
        if values > limits.values { throw failure(.tooManyValues) }
        guard at < bytes.count else { throw failure(.unexpectedEnd) }
        switch bytes[at] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> [JSON] {
        try open()
        var elements: [JSON] = []
        if close(UInt8(ascii: "]")) { return elements }
        repeat {
            skipBlanks()
            elements.append(try value())
        } while try continues(until: UInt8(ascii: "]"))
        return elements
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONObject {
        try open()
        var object = JSONObject()
        if close(UInt8(ascii: "}")) { return object }
        object.members.reserveCapacity(4)
        var names = SeenNames()
        repeat {
            skipBlanks()
            let start = at
            guard at < bytes.count else { throw failure(.unexpectedEnd) }
            guard bytes[at] == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let name = try string()
            if !names.insert(name, after: object.members) { throw failure(.duplicateMember, at: start) }
            skipBlanks()
            guard at < bytes.count else { throw failure(.unexpectedEnd) }
            guard bytes[at] == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            at += 1
            skipBlanks()
            object.members.append(JSONObject.Member(name: name, value: try value()))
        } while try continues(until: UInt8(ascii: "}"))
        return object
    }

    /// Steps over an opening bracket and the blanks behind it.
    private mutating func open() throws(JSONSyntaxError) {
        depth += 1
        if depth > limits.depth { throw failure(.tooDeep) }
        at += 1
        skipBlanks()
    }

    /// Steps over the closing bracket if it is next.
    private mutating func close(_ bracket: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == bracket else { return false }
        at += 1
        depth -= 1
        return true
    }

    /// Steps over the comma (true) or the closing bracket (false) that must follow an element.
    private mutating func continues(until bracket: UInt8) throws(JSONSyntaxError) -> Bool {
        skipBlanks()
        if close(bracket) { return false }
        guard at < bytes.count else { throw failure(.unexpectedEnd) }
        guard bytes[at] == UInt8(ascii: ",") else { throw failure(.unexpectedByte) }
        at += 1
        return true
    }

    private mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard at < bytes.count else { throw failure(.unexpectedEnd) }
            guard bytes[at] == word.utf8Start[offset] else { throw failure(.unexpectedByte) }
            at += 1
        }
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    private func failure(_ reason: JSONSyntaxError.Reason, at offset: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(offset: offset ?? at, reason: reason)
    }
}

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONSyntaxError) -> JSON {
        let start = at
        let isNegative = bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        // A leading zero stands alone: what follows it is then refused as not belonging there.
        if at < bytes.count, bytes[at] == UInt8(ascii: "0") { at += 1 } else { try digits() }
        var isInteger = true
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            isInteger = false
            at += 1
            try digits()
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        if at - start > limits.numberCharacters { throw failure(.numberTooLong, at: start) }
        if isInteger, let value = integer(from: isNegative ? start + 1 : start, isNegative) { return .integer(value) }
        return .number(text(from: start, to: at))
    }

    /// One digit or more.
    private mutating func digits() throws(JSONSyntaxError) {
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        if at == start { throw failure(at < bytes.count ? .unexpectedByte : .unexpectedEnd) }
    }

    /// The digits from there up to the next byte, `nil` if they do not fit.
    private func integer(from start: Int, _ isNegative: Bool) -> Int64? {
        var magnitude: UInt64 = 0
        for index in start..<at {
            let (tenfold, isTooLarge) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tenfold.addingReportingOverflow(UInt64(bytes[index] &- UInt8(ascii: "0")))
            if isTooLarge || overflows { return nil }
            magnitude = sum
        }
        if isNegative { return magnitude <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int64(exactly: magnitude)
    }
}

// MARK: Strings

extension JSONParser {
    /// The string whose quote is the next byte. Most hold no escape and are taken as they stand.
    private mutating func string() throws(JSONSyntaxError) -> String {
        at += 1
        let start = at
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                if at - start > limits.stringBytes { throw failure(.stringTooLong, at: start - 1) }
                at += 1
                return text(from: start, to: at - 1)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            try skipCharacter(byte)
        }
        throw failure(.unexpectedEnd)
    }

    /// The rest of a string in which an escape was met.
    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                if text.count > limits.stringBytes { throw failure(.stringTooLong, at: start - 1) }
                at += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                let scalar = try escape()
                text.append(contentsOf: UTF8.encode(scalar)!)
            default:
                let from = at
                try skipCharacter(byte)
                text.append(contentsOf: bytes[from..<at])
            }
        }
        throw failure(.unexpectedEnd)
    }

    /// Steps over one character that stands for itself.
    private mutating func skipCharacter(_ byte: UInt8) throws(JSONSyntaxError) {
        if byte < 0x20 { throw failure(byte == 0 ? .nulCharacter : .controlCharacter) }
        if byte < 0x80 { at += 1 } else { try skipSequence(byte) }
    }

    /// Steps over one well-formed multi-byte sequence (table 3-7 of the Unicode standard).
    private mutating func skipSequence(_ lead: UInt8) throws(JSONSyntaxError) {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
        guard at + length <= bytes.count, second.contains(bytes[at + 1]),
            bytes[(at + 2)..<(at + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw failure(.invalidUTF8) }
        at += length
    }

    /// The character that the escape at the next byte stands for.
    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = at
        guard at + 1 < bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
        let letter = bytes[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw failure(.invalidEscape, at: start)
        }
        let unit = try hexadecimal()
        if unit == 0 { throw failure(.nulCharacter, at: start) }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // A surrogate: only a high one directly before a low one means something.
        guard unit < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate, at: start) }
        at += 2
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low) else { throw failure(.loneSurrogate, at: start) }
        return Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)))!
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard at < bytes.count else { throw failure(.unexpectedEnd) }
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt16(bytes[at] - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt16(bytes[at] - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt16(bytes[at] - UInt8(ascii: "A") + 10)
            default: throw failure(.invalidEscape)
            }
            at += 1
        }
        return value
    }

    private func text(from start: Int, to end: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }
}

/// Finds a member name that an object already has.
private struct SeenNames {
    /// One bit per kind of name, by length and outer bytes: an unset bit saves every comparison.
    private var fingerprints: UInt64 = 0
    /// Takes over from comparing with each name in an object of many members, where that would cost their square.
    private var hashed: Set<Name>?
    private static let comparedMembers = 32

    /// `false` if the name is among those of `members`.
    mutating func insert(_ name: String, after members: [JSONObject.Member]) -> Bool {
        if hashed != nil { return hashed!.insert(Name(name)).inserted }
        if members.count == Self.comparedMembers {
            hashed = Set(members.map { Name($0.name) })
            return hashed!.insert(Name(name)).inserted
        }
        let first = name.utf8.first ?? 0
        let bit = UInt64(1) << UInt64((Int(first) &* 7 &+ name.utf8.count) & 63)
        defer { fingerprints |= bit }
        return fingerprints & bit == 0 || !members.contains { $0.name.isSameBytes(as: name) }
    }

    /// A name that is equal by its bytes.
    private struct Name: Hashable {
        let text: String
        init(_ text: String) { self.text = text }
        static func == (one: Name, other: Name) -> Bool { one.text.isSameBytes(as: other.text) }
        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

import Glibc
import JSONRPC
import Testing

@Suite struct `JSON parser` {
    static let accepted: [(text: String, value: JSON)] = [
        ("0", 0), ("-0", 0), ("7", 7), ("-7", -7),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number("9223372036854775808")),
        ("-9223372036854775809", .number("-9223372036854775809")),
        ("99999999999999999999", .number("99999999999999999999")),
        ("9007199254740993", .integer(9_007_199_254_740_993)),
        ("1.0", .number("1.0")), ("1e3", .number("1e3")), ("1E-400", .number("1E-400")), ("0e1", .number("0e1")),
        ("-0.0", .number("-0.0")), ("1.5e+10", .number("1.5e+10")),
        ("true", true), ("false", false), ("null", .null),
        (" \t\r\n1 \t\r\n", 1),
        ("[]", []), ("[ ]", []), ("[1,[2],{}]", [1, [2], [:]]), ("{}", [:]), ("{ }", [:]),
        (#"{ "a" : 1 , "b" : [ ] }"#, ["a": 1, "b": []]),
        (#""""#, ""), (#""Ünïcode €𝄞""#, "Ünïcode €𝄞"), ("\"\u{7F}\"", "\u{7F}"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
        (#""\u0041\u00e9\u20AC\uD834\uDD1E!""#, "A\u{E9}€𝄞!"), (#""x\uFFFFy""#, "x\u{FFFF}y"),
        // Names that look alike are not the same name.
        (
            "{\"e\u{301}\":1,\"\u{E9}\":2}",
            .object(JSONObject([.init(name: "e\u{301}", value: 1), .init(name: "\u{E9}", value: 2)]))
        ),
        (
            "{\"K\":1,\"\u{212A}\":2,\"\u{F900}\":3,\"\u{8C48}\":4}",
            .object(
                JSONObject([
                    .init(name: "K", value: 1), .init(name: "\u{212A}", value: 2), .init(name: "\u{F900}", value: 3),
                    .init(name: "\u{8C48}", value: 4),
                ]))
        ),
    ]

    @Test(arguments: accepted) func `a text has exactly its value`(text: String, value: JSON) throws {
        #expect(try JSON(reading: text) == value)
        // The same out of the middle of other bytes.
        let slice = Array("x\(text)x".utf8).dropFirst().dropLast()
        #expect(try JSON(parsing: slice) == value)
    }

    static let refused: [(text: String, reason: JSONSyntaxError.Reason, offset: Int)] = [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1,2", .unexpectedEnd, 4), ("[1,", .unexpectedEnd, 3),
        (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5), (#"{"a":1"#, .unexpectedEnd, 6),
        ("{", .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""a\"#, .unexpectedEnd, 3),
        (#""\u12"#, .unexpectedEnd, 5), ("tru", .unexpectedEnd, 3), ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2),
        ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
        ("nul1", .unexpectedByte, 3), ("NaN", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0),
        ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0), ("-a", .unexpectedByte, 1),
        ("1.e1", .unexpectedByte, 2),
        ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
        ("[01]", .unexpectedByte, 2), (#"{"a":1,}"#, .unexpectedByte, 7), ("{a:1}", .unexpectedByte, 1),
        (#"{"a" 1}"#, .unexpectedByte, 5), ("[1}", .unexpectedByte, 2), (#"{"a":1]"#, .unexpectedByte, 6),
        ("[1]\u{0C}", .trailingBytes, 3), ("01", .trailingBytes, 1), ("{} {}", .trailingBytes, 3),
        ("\u{FEFF}{}", .byteOrderMark, 0),
        ("\"a\u{01}\"", .controlCharacter, 2), ("\"a\n\"", .controlCharacter, 2), ("\"a\0\"", .nulCharacter, 2),
        (#""a\u0000""#, .nulCharacter, 2), (#"{"a\u0000":1}"#, .nulCharacter, 3), (#""\x""#, .invalidEscape, 1),
        (#""\u12G4""#, .invalidEscape, 5), (#""\uD834""#, .loneSurrogate, 1), (#""\uD834\n""#, .loneSurrogate, 1),
        (#""\uD834\u0041""#, .loneSurrogate, 1), (#""\uDD1E\uD834""#, .loneSurrogate, 1),
        (#""\uDD1E\uDD1E""#, .loneSurrogate, 1),
        (#"{"a":1,"b":2,"a":3}"#, .duplicateMember, 13), (#"{"v":1,"\u0076":2}"#, .duplicateMember, 7),
        (#"[{"a":{"x":1,"x":1}}]"#, .duplicateMember, 13), (#"{"":1,"":1}"#, .duplicateMember, 6),
    ]

    @Test(arguments: refused)
    func `GEN-03 a text that is not strict JSON is refused where it stops being so`(
        text: String, reason: JSONSyntaxError.Reason, offset: Int
    ) {
        #expect(refusal(of: text.utf8) == JSONSyntaxError(offset: offset, reason: reason))
    }

    static let notUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
        [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]

    @Test(arguments: notUTF8) func `bytes that are not UTF-8 are refused in values and names`(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let error = JSONSyntaxError(offset: 3, reason: .invalidUTF8)
        #expect(refusal(of: Array("[\"a".utf8) + bytes + [quote, UInt8(ascii: "]")]) == error)
        #expect(refusal(of: Array("{\"a".utf8) + bytes + Array("\":1}".utf8)) == error)
        #expect(refusal(of: Array("\"\\n".utf8) + bytes + [quote]) == error)
        #expect(refusal(of: Array("[\"a".utf8) + bytes) == error)
    }

    @Test func `UTF-16 is refused`() {
        #expect(refusal(of: [0xFF, 0xFE, 0x7B, 0, 0x7D, 0]) != nil)
        #expect(refusal(of: [0, 0x7B, 0, 0x7D]) != nil)
        #expect(refusal(of: [0x7B, 0, 0x7D, 0]) != nil)
    }

    @Test func `each limit holds exactly`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func list(_ count: Int) -> String { "[" + Array(repeating: "1", count: count - 1).joined(separator: ",") + "]" }
        func text(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }
        func escaped(_ count: Int) -> String { "\"\\u0041" + text(count - 1).dropFirst() }
        func number(_ count: Int) -> String { String(repeating: "9", count: count) }
        #expect(refusal(of: nested(32).utf8) == nil)
        #expect(refusal(of: nested(33).utf8) == JSONSyntaxError(offset: 32, reason: .tooDeep))
        #expect(refusal(of: nested(100_000).utf8)?.reason == .tooDeep)
        #expect(refusal(of: list(100_000).utf8) == nil)
        #expect(refusal(of: list(100_001).utf8)?.reason == .tooManyValues)
        #expect(refusal(of: text(262_144).utf8) == nil)
        #expect(refusal(of: text(262_145).utf8) == JSONSyntaxError(offset: 0, reason: .stringTooLong))
        #expect(refusal(of: escaped(262_144).utf8) == nil)
        #expect(refusal(of: escaped(262_145).utf8) == JSONSyntaxError(offset: 0, reason: .stringTooLong))
        #expect(refusal(of: number(64).utf8) == nil)
        #expect(refusal(of: number(65).utf8) == JSONSyntaxError(offset: 0, reason: .numberTooLong))
        #expect(refusal(of: "[[1]]".utf8, limits: JSONLimits(depth: 1))?.reason == .tooDeep)
    }

    @Test func `a sibling does not count as depth`() {
        #expect(refusal(of: "[[],[],{}]".utf8, limits: JSONLimits(depth: 2)) == nil)
    }

    /// Comparing each name with each would be four billion comparisons.
    @Test(.timeLimit(.minutes(3))) func `an object of very many members is checked for duplicates in linear time`() {
        let names = (0..<90_000).map { "\"\($0)\":1" }.joined(separator: ",")
        #expect(refusal(of: "{\(names)}".utf8) == nil)
        #expect(refusal(of: "{\(names),\"4711\":1}".utf8)?.reason == .duplicateMember)
    }

    @Test(arguments: [1, 2, 31, 32, 33, 34, 255, 256, 257, 300])
    func `a duplicate is found whatever the number of members before it`(count: Int) {
        let names = (0..<count).map { "\"n\($0)\":1" }.joined(separator: ",")
        for repeated in [0, count / 2, count - 1] {
            #expect(refusal(of: "{\(names),\"n\(repeated)\":1}".utf8)?.reason == .duplicateMember)
        }
        #expect(refusal(of: "{\(names),\"n\(count)\":1}".utf8) == nil)
    }

    /// Threads other than the main one have 512 KiB on some systems.
    @Test func `the deepest text needs less than 512 KiB of stack`() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { _ in
                let levels = String(repeating: "[{\"a\":", count: 16) + "1" + String(repeating: "}]", count: 16)
                let isRead = refusal(of: levels.utf8) == nil
                let isRefused = refusal(of: String(repeating: "{\"a\":[", count: 50_000).utf8)?.reason == .tooDeep
                return UnsafeMutableRawPointer(bitPattern: isRead && isRefused ? 1 : 2)
            }, nil)
        #expect(status == 0)
        var result: UnsafeMutableRawPointer?
        pthread_join(thread, &result)
        #expect(result == UnsafeMutableRawPointer(bitPattern: 1))
    }
}

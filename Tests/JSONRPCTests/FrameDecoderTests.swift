import JSONRPC
import Testing

@Suite struct `Frame decoder` {
    /// A stream, what comes of it before it ends, and what comes of its end.
    struct Case: CustomTestStringConvertible {
        let name: String
        let stream: String
        let frames: [Frame]
        var atEnd: [Frame] = []
        var mustClose = false
        var framing: Framing? = .line

        var testDescription: String { name }
    }

    /// Limits small enough to be met by short streams.
    static let limits: WireLimits = {
        var limits = WireLimits()
        limits.messageBytesBeforeLogin = 24
        limits.headerBytes = 80
        limits.headerLines = 3
        return limits
    }()

    static func text(_ text: String) -> Frame { .message(Array(text.utf8)) }
    static let oversized = Frame.tooLarge(limit: 24)
    static let wide = #"{"a":"0123456789abcdef"}"#

    static let lineMode: [Case] = [
        Case(name: "nothing", stream: "", frames: [], framing: nil),
        Case(name: "blanks only", stream: " \r\n\t\n", frames: [], framing: nil),
        Case(name: "a line", stream: "{\"a\":1}\n", frames: [text("{\"a\":1}")]),
        Case(name: "a line without its end", stream: "{\"a\":1}", frames: [text("{\"a\":1}")]),
        Case(name: "CR LF and blank lines", stream: "\r\n{}\r\n\r\n\n [1] \r\n", frames: [text("{}"), text("[1]")]),
        Case(
            name: "texts without separator", stream: #"{}[]{"a":[{}]}"#,
            frames: ["{}", "[]", #"{"a":[{}]}"#].map(text)),
        Case(name: "texts with blanks between", stream: "{} []\t{}", frames: ["{}", "[]", "{}"].map(text)),
        Case(
            name: "brackets in strings", stream: #"{"}]":"[{"}{"a":"\"}"}"#,
            frames: [#"{"}]":"[{"}"#, #"{"a":"\"}"}"#].map(text)),
        Case(
            name: "an escaped backslash before a quote", stream: #"["\\"]["\\\""]"#,
            frames: [#"["\\"]"#, #"["\\\""]"#].map(text)),
        Case(name: "text beyond ASCII", stream: "[\"é€\"]\n", frames: [text("[\"é€\"]")]),
        Case(name: "a line feed in a value", stream: "{\"a\":\n1}\n{}\n", frames: ["{\"a\":", "1}", "{}"].map(text)),
        Case(name: "a line feed in a string", stream: "[\"a\n{}\n", frames: ["[\"a", "{}"].map(text)),
        Case(name: "a line feed behind a backslash", stream: "[\"\\\n{}\n", frames: ["[\"\\", "{}"].map(text)),
        Case(name: "a CR in an unfinished value", stream: "[1\r\n[2]\n", frames: ["[1\r", "[2]"].map(text)),
        Case(name: "crossed brackets", stream: "[}{]\n", frames: ["[}", "{]"].map(text)),
        Case(name: "other text later", stream: "{}\nhello {}\n{}", frames: ["{}", "hello {}", "{}"].map(text)),
        Case(name: "other text behind a value", stream: "{} x\n{}", frames: ["{}", "x", "{}"].map(text)),
        Case(name: "closing brackets later", stream: "{}]]\n[]", frames: ["{}", "]]", "[]"].map(text)),
        Case(name: "an unfinished end", stream: "{}{\"a\":", frames: [text("{}")], atEnd: [text("{\"a\":")]),
        Case(name: "other text at the end", stream: "{}\n12", frames: [text("{}")], atEnd: [text("12")]),
        Case(
            name: "a second framing is not begun", stream: "{}Content-Length: 2\r\n\r\n{}",
            frames: ["{}", "Content-Length: 2\r", "{}"].map(text)),
    ]

    static let sizes: [Case] = [
        Case(name: "the largest message", stream: wide + "\n", frames: [text(wide)]),
        Case(
            name: "the largest line", stream: "{}\n012345678901234567890123\n",
            frames: [text("{}"), text("012345678901234567890123")]),
        Case(
            name: "blanks before it do not count", stream: String(repeating: " ", count: 50) + wide,
            frames: [text(wide)]),
        Case(name: "one byte more", stream: "{\"a\":\"0123456789abcdefg\"}\n{}", frames: [oversized, text("{}")]),
        Case(name: "many more without an end", stream: "[" + String(repeating: "1,", count: 60), frames: [oversized]),
        Case(
            name: "a large one behind a good one", stream: "{}" + String(repeating: "[", count: 60) + "\n{}",
            frames: [text("{}"), oversized, text("{}")]),
        Case(
            name: "two large ones", stream: "\(wide.dropLast())11\n\(wide.dropLast())2}}\n[]",
            frames: [oversized, oversized, text("[]")]),
        Case(
            name: "the third large one closes", stream: String(repeating: wide.dropLast() + "1}\n", count: 3) + "{}",
            frames: [oversized, oversized, oversized], mustClose: true),
    ]

    static let headerMode: [Case] = [
        Case(name: "one message", stream: "Content-Length: 2\r\n\r\n{}", frames: [text("{}")], framing: .header),
        Case(
            name: "blanks before the first", stream: "\r\n Content-Length: 2\r\n\r\n{}", frames: [text("{}")],
            framing: .header),
        Case(
            name: "two messages, other headers",
            stream:
                "content-length:3\r\nContent-Type: application/x; charset=utf8\r\n\r\n[1]"
                + "CONTENT-LENGTH: \t2 \r\nX-A: é\r\n\r\n{}",
            frames: ["[1]", "{}"].map(text), framing: .header),
        Case(
            name: "the length last", stream: "Content-Type: a\r\nContent-Length: 2\r\n\r\n{}", frames: [text("{}")],
            framing: .header),
        Case(
            name: "a body of anything", stream: "Content-Length: 5\r\n\r\n{\n\"\r\n", frames: [text("{\n\"\r\n")],
            framing: .header),
        Case(
            name: "an empty body", stream: "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}",
            frames: ["", "{}"].map(text), framing: .header),
        Case(name: "a leading zero", stream: "Content-Length: 02\r\n\r\n{}", frames: [text("{}")], framing: .header),
        Case(
            name: "the largest body", stream: "Content-Length: 24\r\n\r\n" + wide, frames: [text(wide)],
            framing: .header),
        Case(
            name: "an unfinished body", stream: "Content-Length: 5\r\n\r\n{}", frames: [],
            atEnd: [.malformed(.endInsideMessage)], framing: .header),
        Case(
            name: "no body", stream: "Content-Length: 5\r\n\r\n", frames: [], atEnd: [.malformed(.endInsideMessage)],
            framing: .header),
        Case(
            name: "an unfinished block", stream: "Content-Length: 5\r\n", frames: [],
            atEnd: [.malformed(.endInsideMessage)], framing: .header),
        Case(
            name: "an unfinished line", stream: "Content-L", frames: [], atEnd: [.malformed(.endInsideMessage)],
            framing: .header),
    ]

    static func closing(
        _ name: String, _ stream: String, _ frame: Frame, _ framing: Framing? = .header, after frames: [Frame] = []
    ) -> Case {
        Case(name: name, stream: stream, frames: frames + [frame], mustClose: true, framing: framing)
    }

    static let refused: [Case] = [
        closing("a body too large", "Content-Length: 25\r\n\r\n{}", oversized),
        closing("a length beyond all numbers", "Content-Length: 99999999999999999999\r\n\r\n{}", oversized),
        closing("a plus sign", "Content-Length: +5\r\n\r\n12345", .malformed(.contentLengthInvalid)),
        closing("a minus sign", "Content-Length: -5\r\n\r\n12345", .malformed(.contentLengthInvalid)),
        closing("hexadecimal", "Content-Length: 0x5\r\n\r\n12345", .malformed(.contentLengthInvalid)),
        closing("two numbers", "Content-Length: 5 5\r\n\r\n12345", .malformed(.contentLengthInvalid)),
        closing("no number", "Content-Length:\r\n\r\n12345", .malformed(.contentLengthInvalid)),
        closing(
            "the length twice", "Content-Length: 2\r\nContent-length: 2\r\n\r\n{}", .malformed(.contentLengthRepeated)),
        closing("no length", "Content-Type: a\r\n\r\n{}", .malformed(.contentLengthMissing)),
        closing(
            "no headers behind a body", "Content-Length: 2\r\n\r\n{}\r\n", .malformed(.contentLengthMissing),
            after: [text("{}")]),
        closing("LF without CR", "Content-Length: 2\n\n{}", .malformed(.headerLine)),
        closing("no colon", "Content-Length 2\r\n\r\n{}", .malformed(.headerLine)),
        closing("a blank before the colon", "Content-Length : 2\r\n\r\n{}", .malformed(.headerLine)),
        closing("a folded line", "Content-Length: 2\r\n b\r\n\r\n{}", .malformed(.headerLine)),
        closing("an empty name", "Content-Length: 2\r\n: b\r\n\r\n{}", .malformed(.headerLine)),
        closing("a CR in a value", "Content-Type: a\rb\r\n\r\n{}", .malformed(.headerLine)),
        closing(
            "a value in place of headers", "Content-Length: 2\r\n\r\n{}{}\r\n", .malformed(.headerLine),
            after: [text("{}")]),
        closing("too many lines", "C: 1\r\nC: 2\r\nC: 3\r\nC: 4\r\n\r\n{}", .malformed(.headerTooLong)),
        closing("a line too long", "C: " + String(repeating: "x", count: 90), .malformed(.headerTooLong)),
        closing(
            "a block too long", "C: \(String(repeating: "x", count: 60))\r\nContent-Length: 2\r\n\r\n{}",
            .malformed(.headerTooLong)),
        closing("CONNECT", "CONNECT a:1 HTTP/1.1\r\n\r\n", .malformed(.headerLine)),
        closing("GET", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", .http, nil),
        closing("POST", "POST /rpc HTTP/1.1\r\n\r\n{}", .http, nil),
        closing("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .http, nil),
        closing("almost GET", "GETx", .malformed(.unknownFraming), nil),
        closing("a word", "hello\n{}", .malformed(.unknownFraming), nil),
        closing("a number", "1\n{}", .malformed(.unknownFraming), nil),
        closing("a TLS hello", "\u{16}\u{03}\u{01}", .malformed(.unknownFraming), nil),
        closing("a netstring", "2:{},", .malformed(.unknownFraming), nil),
        Case(
            name: "the beginning of GET", stream: "GE", frames: [], atEnd: [.malformed(.unknownFraming)], framing: nil),
    ]

    @Test(arguments: lineMode + sizes + headerMode + refused)
    func `a stream gives the same frames however it is split`(_ expected: Case) {
        let stream = Array(expected.stream.utf8)
        func check(_ chunks: [Int], isDrained: Bool = true) {
            let decoded = Decoded(stream, Self.limits, chunks: chunks, isDrained: isDrained)
            #expect(Array(decoded.frames[..<decoded.beforeEnd]) == expected.frames, "\(chunks)")
            #expect(Array(decoded.frames[decoded.beforeEnd...]) == expected.atEnd, "\(chunks)")
            #expect(decoded.mustClose == expected.mustClose, "\(chunks)")
            #expect(decoded.framing == expected.framing, "\(chunks)")
        }
        for split in 0...stream.count { check([split, stream.count - split]) }
        check(Array(repeating: 1, count: stream.count))
        check(Array(repeating: 1, count: stream.count), isDrained: false)
        check(Array(repeating: 3, count: (stream.count + 2) / 3))
    }

    @Test func `a login raises the limit for what comes after`() {
        var decoder = FrameDecoder(Self.limits)
        decoder.append(Array("{\"a\":".utf8))
        #expect(decoder.next() == nil)
        decoder.maximumMessageBytes = 100
        let rest = "\"" + String(repeating: "x", count: 80) + "\"}"
        decoder.append(Array(rest.utf8))
        #expect(decoder.next() == Self.text("{\"a\":" + rest))
    }

    @Test func `a decoder tells what it holds and whether a message is under way`() {
        var decoder = FrameDecoder(Self.limits)
        func arrives(_ text: String, leaves bytes: Int, isPartial: Bool, _ comment: Comment) {
            decoder.append(Array(text.utf8))
            while decoder.next() != nil {}
            #expect(decoder.bufferedBytes == bytes, comment)
            #expect(decoder.hasPartialMessage == isPartial, comment)
        }
        arrives("", leaves: 0, isPartial: false, "nothing yet")
        arrives("{}\r\n", leaves: 0, isPartial: false, "whole message")
        arrives("[1,2", leaves: 4, isPartial: true, "begun")
        arrives("]", leaves: 0, isPartial: false, "ended")
        arrives("[" + String(repeating: "1,", count: 50), leaves: 0, isPartial: true, "being skipped")
        arrives("1]\n", leaves: 0, isPartial: false, "skipped")
        decoder = FrameDecoder(Self.limits)
        arrives("Content-Length: 2\r\n", leaves: 0, isPartial: true, "header line")
        arrives("\r\n", leaves: 0, isPartial: true, "body awaited")
        arrives("{", leaves: 1, isPartial: true, "body begun")
        arrives("}", leaves: 0, isPartial: false, "body whole")
        decoder.append(Array("x\r\n".utf8))
        while decoder.next() != nil {}
        decoder.append(Array("more".utf8))
        #expect(decoder.bufferedBytes == 0 && decoder.mustClose, "nothing is held once it must close")
    }

    @Test func `an idle decoder is small`() { #expect(MemoryLayout<FrameDecoder>.size <= 200) }

    /// Looking at the whole message again for each byte would take hours.
    @Test(.timeLimit(.minutes(3)), arguments: [Framing.line, .header])
    func `a large message that comes byte by byte costs linear time`(framing: Framing) {
        var decoder = FrameDecoder()
        decoder.maximumMessageBytes = 1 << 20
        let message = Array(("[\"" + String(repeating: "x", count: 300_000) + "\"]").utf8)
        var frames = 0
        for byte in framing.frame(message) {
            decoder.append(CollectionOfOne(byte))
            while let frame = decoder.next() {
                frames += 1
                #expect(frame == .message(message))
            }
        }
        #expect(frames == 1)
        #expect(decoder.bufferedBytes == 0)
    }

    /// A caller that takes one message for each that arrives never empties the decoder.
    @Test(.timeLimit(.minutes(3))) func `what was returned is let go even if the decoder is never drained`() {
        var decoder = FrameDecoder()
        let message = Array(("[\"" + String(repeating: "x", count: 96) + "\"]").utf8)
        for _ in 0..<5 { decoder.append(message) }
        for _ in 0..<20_000 {
            decoder.append(message)
            #expect(decoder.next() == .message(message))
        }
        #expect(decoder.bufferedBytes < 10_000)
    }

    @Test func `a reply goes out in the framing in which the peer asked`() {
        let reply = Array("{}".utf8)
        var decoder = FrameDecoder()
        #expect(decoder.frame(reply) == Array("{}\n".utf8))
        decoder.append(Array("C".utf8))
        #expect(decoder.next() == nil)
        #expect(decoder.frame(reply) == Array("Content-Length: 2\r\n\r\n{}".utf8))
        decoder = FrameDecoder()
        decoder.append(Array("[]".utf8))
        #expect(decoder.next() == .message(Array("[]".utf8)))
        #expect(decoder.frame(reply) == Array("{}\n".utf8))
    }

    @Test func `the answer to HTTP is whole`() {
        let answer = String(decoding: Frame.httpAnswer, as: UTF8.self)
        let body = answer.utf8.count - (answer.range(of: "\r\n\r\n") ?? 0) - 4
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.contains("\r\nContent-Length: \(body)\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n\r\n"))
    }
}

extension String {
    /// The byte offset of the first occurrence.
    fileprivate func range(of part: String) -> Int? {
        let (bytes, part) = (Array(utf8), Array(part.utf8))
        return (0...max(0, bytes.count - part.count)).first { bytes[$0...].starts(with: part) }
    }
}

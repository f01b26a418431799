/// Cuts a connection's bytes into messages. It holds no more than the message that is under way, and looks at each
/// byte once, however the bytes are split.
public struct FrameDecoder: Sendable {
    /// Bytes of one message; raised when the peer has logged in.
    public var maximumMessageBytes: Int
    /// Whether the connection must be closed after what was already returned is answered.
    public private(set) var mustClose = false
    /// How the peer frames its messages, `nil` until its first byte told.
    public private(set) var framing: Framing?

    private var state = State.detecting
    private var isEnding = false
    private var buffer: [UInt8] = []
    /// Where the bytes not yet returned or dropped begin.
    private var start = 0
    /// Up to where they were looked at.
    private var scanned = 0
    private var line = LineScanner()
    private var header = HeaderBlock()
    private var oversized = 0
    private let maximumOversized: Int
    private let maximumHeaderBytes: Int
    private let maximumHeaderLines: Int

    private enum State: UInt8 { case detecting, line, skippingLine, header, body, closed }

    /// What a look at the buffer led to.
    private enum Step {
        case frame(Frame)
        /// The state has changed: look again.
        case again
        case needsBytes
    }

    public init(_ limits: WireLimits = WireLimits()) {
        maximumMessageBytes = limits.messageBytesBeforeLogin
        maximumOversized = limits.oversizedMessages
        maximumHeaderBytes = limits.headerBytes
        maximumHeaderLines = limits.headerLines
    }

    /// Bytes held in memory.
    public var bufferedBytes: Int { buffer.count }

    /// Whether the peer has begun a message and not ended it, once `next()` has returned `nil`.
    public var hasPartialMessage: Bool {
        bufferedBytes > 0 || state == .skippingLine || state == .body || header.bytes > 0
    }

    /// A reply in the connection's framing.
    public func frame(_ reply: consuming [UInt8]) -> [UInt8] { (framing ?? .line).frame(reply) }

    /// Takes bytes that arrived. `next()` then gives the messages that are whole.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        if state == .closed { return }
        // A caller that never drains the decoder must not make it keep what was returned long ago.
        if start > 4096, start > buffer.count / 2 { compact() }
        buffer.append(contentsOf: bytes)
    }

    /// The peer sends nothing more. What it left unfinished comes out of `next()` as a last frame.
    public mutating func finish() { isEnding = true }

    /// The next frame, `nil` if more bytes are needed.
    public mutating func next() -> Frame? {
        while true {
            let step =
                switch state {
                case .detecting: detect()
                case .line: scanLine()
                case .skippingLine: skipLine()
                case .header: readHeaderLine()
                case .body: readBody()
                case .closed: Step.needsBytes
                }
            switch step {
            case .frame(let frame): return frame
            case .again: continue
            case .needsBytes:
                compact()
                if isEnding, state != .closed { return lastFrame() }
                return nil
            }
        }
    }

    /// What is left when the peer has stopped sending. An unfinished text is left to the parser, which refuses it.
    private mutating func lastFrame() -> Frame? {
        defer { close() }
        switch state {
        case .detecting: return bufferedBytes > 0 ? .malformed(.unknownFraming) : nil
        case .line: return bufferedBytes > 0 ? .message(take(to: buffer.count)) : nil
        case .header, .body: return hasPartialMessage ? .malformed(.endInsideMessage) : nil
        case .skippingLine, .closed: return nil
        }
    }

    private mutating func fail(_ frame: Frame) -> Step {
        close()
        return .frame(frame)
    }

    private mutating func close() {
        (state, mustClose) = (.closed, true)
        (buffer, start, scanned) = ([], 0, 0)
    }

    /// Gives the memory of what was returned back.
    private mutating func compact() {
        if start == 0 { return }
        buffer = start == buffer.count ? [] : Array(buffer[start...])
        scanned -= start
        start = 0
    }

    /// Takes the bytes up to there, and drops the blanks behind them unless they belong to the next message.
    private mutating func take(to end: Int) -> [UInt8] {
        var rest = end
        if framing == .line { while rest < buffer.count, isBlank(buffer[rest]) { rest += 1 } }
        guard start == 0, rest == buffer.count else {
            let message = Array(buffer[start..<end])
            (start, scanned) = (rest, rest)
            return message
        }
        // The usual case: one message came alone, and the buffer itself becomes the message.
        buffer.removeLast(rest - end)
        let message = buffer
        (buffer, start, scanned) = ([], 0, 0)
        return message
    }
}

// MARK: Detection

extension FrameDecoder {
    private static let httpMethods = ["GET", "POST", "PRI", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"].map {
        $0 + " "
    }

    private mutating func detect() -> Step {
        skipBlanks()
        guard start < buffer.count else { return .needsBytes }
        switch buffer[start] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): (state, framing) = (.line, .line)
        case UInt8(ascii: "C"), UInt8(ascii: "c"): (state, framing) = (.header, .header)
        default:
            let bytes = buffer[start...]
            let candidates = Self.httpMethods.filter { $0.utf8.starts(with: bytes.prefix($0.utf8.count)) }
            if candidates.isEmpty { return fail(.malformed(.unknownFraming)) }
            return candidates.contains { $0.utf8.count <= bytes.count } ? fail(.http) : .needsBytes
        }
        return .again
    }

    private mutating func skipBlanks() {
        while start < buffer.count, isBlank(buffer[start]) { start += 1 }
        scanned = max(scanned, start)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}

// MARK: Line mode

/// Where a JSON text ends, found byte by byte. It knows strings and brackets and nothing else of JSON.
private struct LineScanner: Sendable {
    var depth = 0
    var isInString = false
    var isEscaped = false

    /// Looks at bytes until the text is over.
    /// - Returns: the index behind the text, with `at` behind what ended it; `nil` if it goes on.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from at: inout Int, to end: Int) -> Int? {
        while at < end {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\n") { return at - 1 }
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                // Text that did not begin with a bracket never comes down to 0 here: a line feed ends it.
                if depth == 0 { return at }
            default: break
            }
        }
        return nil
    }
}

extension FrameDecoder {
    private mutating func scanLine() -> Step {
        if scanned == start {
            skipBlanks()
            guard start < buffer.count else { return .needsBytes }
            let isBracketed = buffer[start] == UInt8(ascii: "{") || buffer[start] == UInt8(ascii: "[")
            line = LineScanner(depth: isBracketed ? 0 : .min / 2)
        }
        // One byte more than allowed: the line feed behind the largest message is not part of it.
        let limit = start + min(maximumMessageBytes, buffer.count) + 1
        let end = buffer.withUnsafeBufferPointer { bytes in
            line.scan(bytes, from: &scanned, to: min(bytes.count, limit))
        }
        if (end ?? scanned) - start > maximumMessageBytes { return skipOversized() }
        guard let end else { return .needsBytes }
        return .frame(.message(take(to: end)))
    }

    /// Refuses the message and goes on behind its line feed, unless that happened too often.
    private mutating func skipOversized() -> Step {
        oversized += 1
        if oversized >= maximumOversized { return fail(.tooLarge(limit: maximumMessageBytes)) }
        state = .skippingLine
        return .frame(.tooLarge(limit: maximumMessageBytes))
    }

    private mutating func skipLine() -> Step {
        let lineFeed = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n"))
        start = lineFeed ?? buffer.count
        scanned = start
        if lineFeed == nil { return .needsBytes }
        state = .line
        return .again
    }
}

// MARK: Header mode

/// What is known of the header block under way.
private struct HeaderBlock: Sendable {
    var bytes = 0
    var lines = 0
    var contentLength: Int?
}

extension FrameDecoder {
    private mutating func readHeaderLine() -> Step {
        while scanned < buffer.count, buffer[scanned] != UInt8(ascii: "\n") { scanned += 1 }
        let isWhole = scanned < buffer.count
        if header.bytes + scanned - start + (isWhole ? 1 : 0) > maximumHeaderBytes {
            return fail(.malformed(.headerTooLong))
        }
        guard isWhole else { return .needsBytes }
        guard scanned > start, buffer[scanned - 1] == UInt8(ascii: "\r") else { return fail(.malformed(.headerLine)) }
        let text = buffer[start..<(scanned - 1)]
        scanned += 1
        header.bytes += scanned - start
        start = scanned
        return text.isEmpty ? endHeaders() : readHeader(text)
    }

    private mutating func endHeaders() -> Step {
        guard let length = header.contentLength else { return fail(.malformed(.contentLengthMissing)) }
        if length > maximumMessageBytes { return fail(.tooLarge(limit: maximumMessageBytes)) }
        state = .body
        return .again
    }

    /// Only the length matters: the text is UTF-8 whatever a content type says, and the parser proves it.
    private mutating func readHeader(_ text: ArraySlice<UInt8>) -> Step {
        header.lines += 1
        if header.lines > maximumHeaderLines { return fail(.malformed(.headerTooLong)) }
        let name = text.prefix { $0 != UInt8(ascii: ":") }
        guard !name.isEmpty, name.count < text.count, name.allSatisfy({ (0x21...0x7E).contains($0) }),
            text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else { return fail(.malformed(.headerLine)) }
        guard name.elementsEqual("content-length".utf8, by: { $0 == $1 || $0 == $1 &- 0x20 }) else { return .again }
        if header.contentLength != nil { return fail(.malformed(.contentLengthRepeated)) }
        let digits = text[(name.endIndex + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        guard let length = Self.length(digits) else { return fail(.malformed(.contentLengthInvalid)) }
        header.contentLength = length
        return .again
    }

    /// Digits, with blanks behind them at most. A length beyond all reason is as good as the largest.
    private static func length(_ text: ArraySlice<UInt8>) -> Int? {
        let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard !digits.isEmpty, text[digits.endIndex...].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
        var length = 0
        for digit in digits {
            let (tenfold, isTooLarge) = length.multipliedReportingOverflow(by: 10)
            if isTooLarge || tenfold > Int.max - 9 { return .max }
            length = tenfold + Int(digit - UInt8(ascii: "0"))
        }
        return length
    }

    private mutating func readBody() -> Step {
        guard let length = header.contentLength, buffer.count - start >= length else { return .needsBytes }
        header = HeaderBlock()
        state = .header
        return .frame(.message(take(to: start + length)))
    }
}

/// How the messages of a connection are told apart. It is settled by the peer's first byte and never changes.
public enum Framing: Sendable, Hashable {
    /// One JSON text per line, ended by a line feed; also JSON texts that follow each other without one.
    case line
    /// Each text behind a header block with its `Content-Length`.
    case header

    /// A reply as it goes on the wire.
    public func frame(_ reply: consuming [UInt8]) -> [UInt8] {
        switch self {
        case .line:
            reply.append(UInt8(ascii: "\n"))
            return reply
        case .header:
            var framed: [UInt8] = []
            framed.reserveCapacity(reply.count + 32)
            // Clients exist that understand this line only as the first, and spelled exactly so.
            framed.append(contentsOf: "Content-Length: \(reply.count)\r\n\r\n".utf8)
            framed.append(contentsOf: reply)
            return framed
        }
    }
}

/// What a connection's bytes amount to, message by message.
public enum Frame: Sendable, Hashable {
    /// The bytes of one JSON text, or of what stands in its place; the parser judges them.
    case message([UInt8])
    /// Bytes from which no message can be made out: answered with −32700.
    case malformed(FramingError)
    /// A message over the limit, in bytes, then in force: answered with −32600.
    case tooLarge(limit: Int)
    /// A peer that speaks HTTP here: answered with `Frame.httpAnswer`.
    case http

    /// What a peer that speaks HTTP is told before its connection is closed.
    public static let httpAnswer: [UInt8] = {
        let text = "This port speaks JSON-RPC 2.0 over TCP, not HTTP.\n"
        let head = ["HTTP/1.1 400 Bad Request", "Content-Type: text/plain", "Content-Length: \(text.utf8.count)"]
        return Array((head + ["Connection: close", "", text]).joined(separator: "\r\n").utf8)
    }()
}

/// Why no message can be made out, spelled as in an error's `data.reason`.
public enum FramingError: String, Sendable, CaseIterable {
    /// The connection's first byte begins neither a JSON array or object nor a header block.
    case unknownFraming
    /// A header line that is not `name: value` with its CRLF.
    case headerLine
    /// More bytes or lines of headers than allowed.
    case headerTooLong
    case contentLengthMissing
    case contentLengthRepeated
    /// A length that is not written in digits alone.
    case contentLengthInvalid
    /// The peer stopped sending in the middle of a message.
    case endInsideMessage
}

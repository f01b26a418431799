import Logging

/// Turns what PostgreSQL says into lines of our log, and keeps its last words for an error.
struct PostgresLog {
    private let logger: Logger
    private var unfinished: [UInt8] = []
    private(set) var lastLines: [String] = []
    /// While it is told to stop, it complains of each connection that this cuts.
    var isStopping = false

    init(_ logger: Logger) { self.logger = logger }

    mutating func take(_ bytes: ArraySlice<UInt8>) {
        unfinished += bytes
        while let end = unfinished.firstIndex(of: UInt8(ascii: "\n")) {
            line(String(decoding: unfinished[..<end], as: UTF8.self))
            unfinished.removeSubrange(...end)
        }
        // A server gone wild must not fill our memory with a line that never ends.
        if unfinished.count > 65_536 { unfinished.removeAll() }
    }

    private mutating func line(_ text: String) {
        lastLines.append(text)
        if lastLines.count > 20 { lastLines.removeFirst() }
        logger.log(level: isStopping ? .debug : Self.level(of: text), "PostgreSQL: \(text)")
    }

    /// Errors of statements are answered where the statement was sent, and are no news here.
    static func level(of line: String) -> Logger.Level {
        switch line.prefix(while: { $0 != ":" }) {
        case "PANIC": .critical
        case "FATAL": .error
        case "WARNING": .warning
        default: .debug
        }
    }
}

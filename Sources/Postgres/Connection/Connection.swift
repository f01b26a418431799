internal import CLibPQ
internal import Glibc
import Logging

/// A connection to the database. Every call blocks its thread, and only one thread may use it.
///
/// It is always in libpq's pipeline mode, so a list of statements costs one round trip. It closes when the last
/// reference to it is gone.
public final class Connection {
    let handle: OpaquePointer
    let notices: Notices
    /// Cancels statements and cuts the connection, from other threads.
    let lifeline: Lifeline
    var statements = StatementCache()
    /// Set when libpq and this side no longer agree on what was sent and answered; nothing more is sent then.
    var isBroken = false
    /// What libpq wants of a statement's parameters; kept, so that their memory is.
    var pointers: [UnsafePointer<CChar>?] = []
    var formats: [Int32] = []
    /// What the pipeline under way was told to do, in order.
    var steps: [Step] = []

    /// Connects with the settings. Throws a lost connection's error if there is none to be had.
    public init(
        _ settings: ConnectionSettings, logger: Logger = Logger(label: "postgres")
    ) throws(PostgresError) {
        let keywords = try settings.allKeywords()
        guard let handle = Self.connect(keywords) else { throw .lost("no memory for a connection") }
        guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1, let cancel = PQgetCancel(handle)
        else {
            defer { PQfinish(handle) }
            throw .lost(String(cString: PQerrorMessage(handle)).trimmedLines)
        }
        self.handle = handle
        lifeline = Lifeline(cancel: cancel, descriptor: PQsocket(handle))
        notices = Notices(logger: logger)
        notices.receive(from: handle)
    }

    deinit { PQfinish(handle) }

    private static func connect(_ keywords: [String: String]) -> OpaquePointer? {
        let names = keywords.map { strdup($0.key) } + [nil]
        let values = keywords.map { strdup($0.value) } + [nil]
        defer { (names + values).forEach { free($0) } }
        return PQconnectdbParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
    }

    /// The server's process for this connection, as in `pg_stat_activity`.
    public var processID: Int { Int(PQbackendPID(handle)) }

    /// Whether it can still be used, as far as is known.
    var isUsable: Bool { !isBroken && PQstatus(handle) == CONNECTION_OK }

    /// Whether a transaction is open, failed or not.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Whether the server is still there, without asking it: a server that goes says so or closes the line.
    var isAlive: Bool {
        var line = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard isUsable else { return false }
        if poll(&line, 1, 0) == 0 { return true }
        // Something came unasked: a notice, a changed parameter, or the last words.
        return PQconsumeInput(handle) == 1 && poll(&line, 1, 0) == 0 && isUsable
    }

    /// Has every statement prepared anew at its next use, for plans that fit tables which have grown or changed.
    public func renewStatements() { statements.abandonAll() }

    /// The error of a connection on which nothing more can be done.
    func lost() -> PostgresError {
        isBroken = true
        return .lost(String(cString: PQerrorMessage(handle)).trimmedLines)
    }
}

@available(*, unavailable) extension Connection: Sendable {}

extension String {
    /// libpq ends its messages with a line feed and may give several lines; an error's message is one.
    var trimmedLines: String { split(separator: "\n").joined(separator: "; ") }
}

/// What other threads may do to a connection while its own thread waits for the server.
final class Lifeline: @unchecked Sendable {
    // Unchecked because of the pointer: PQcancel may be called from any thread, also from several at once, and the
    // memory behind it never changes.
    private let cancelHandle: OpaquePointer
    private let descriptor: Int32

    init(cancel: OpaquePointer, descriptor: Int32) { (cancelHandle, self.descriptor) = (cancel, descriptor) }

    deinit { PQfreeCancel(cancelHandle) }

    /// Asks the server to cancel what the connection is doing, and waits until it has passed that on. A connection
    /// that does nothing is left alone by the server.
    func cancel() {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
            _ = PQcancel(cancelHandle, reason.baseAddress, 256)
        }
    }

    /// Ends both directions of the line, so that whoever waits on it wakes with an error. The connection must be
    /// open: afterwards its descriptor may be somebody else's.
    func cut() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}

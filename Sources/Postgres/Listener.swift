internal import CLibPQ
internal import Glibc
import Logging

/// Hears what others tell with NOTIFY, on a connection and a thread of its own.
///
/// Nothing is stored for who isn't there, so after each connecting, and when the reader was too slow, there is a
/// ``Event/gap``: whoever keeps something by these notifications must then read it anew.
public final class Listener: Sendable {
    /// What a listener tells its reader.
    public enum Event: Sendable, Hashable {
        /// Somebody ran NOTIFY on the channel.
        case notification(channel: String, payload: String)
        /// Notifications may have been missed.
        case gap
    }

    /// What is heard, for one reader. Ends after ``close()``.
    public let events: AsyncStream<Event>
    private let closing: Closing

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - heartbeat: how often it tells itself something; three unheard in a row count as a lost connection.
    ///   - bufferLimit: how many events may wait for the reader. If there are more, the oldest are dropped, and a gap
    ///     is told.
    public init(
        _ settings: ConnectionSettings, channels: [String], heartbeat: Duration = .seconds(15), bufferLimit: Int = 1024,
        logger: Logger = Logger(label: "postgres")
    ) {
        let (events, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(bufferLimit))
        self.events = events
        let closing = Closing()
        self.closing = closing
        let connector = Connector(settings, logger: logger)
        startThread {
            var loop = ListenerLoop(
                connector: connector, channels: channels, heartbeat: heartbeat, closing: closing, events: continuation)
            loop.run()
            continuation.finish()
        }
    }

    deinit { closing.close() }

    /// Stops listening; the events end.
    public func close() { closing.close() }
}

/// Wakes the listener's thread to end it: a line of two ends, one of which the thread waits on.
private final class Closing: Sendable {
    private let ends: [Int32]

    init() {
        var ends: [Int32] = [-1, -1]
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        precondition(socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0, "no socket can be made: error \(errno)")
        self.ends = ends
    }

    deinit { ends.forEach { Glibc.close($0) } }

    func close() { _ = write(ends[1], [0 as UInt8], 1) }

    /// Waits until the other descriptor can be read, the closing, or the deadline, and tells whether it is closed.
    func wait(for other: Int32?, until deadline: ContinuousClock.Instant) -> Bool {
        var lines = [pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)]
        if let other { lines.append(pollfd(fd: other, events: Int16(POLLIN), revents: 0)) }
        let rest = max(.zero, deadline - .now).components
        let milliseconds = rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000 + 1
        _ = poll(&lines, UInt(lines.count), Int32(clamping: milliseconds))
        return lines[0].revents != 0
    }
}

/// What the listener's thread does.
private struct ListenerLoop {
    let connector: Connector
    let channels: [String]
    let heartbeat: Duration
    let closing: Closing
    let events: AsyncStream<Listener.Event>.Continuation

    /// How many heartbeats may stay unheard.
    static let maxMissed = 3

    mutating func run() {
        while true {
            if let connection = try? connector.connect(), (try? listen(on: connection)) == true { return }
            // Also a connection that breaks as soon as it is made must not be made without a pause.
            let retry = connector.pausesUntil ?? .now + Connector.pause(afterFailures: 0)
            if closing.wait(for: nil, until: retry) { return }
        }
    }

    /// Listens until the connection is lost, or, then true, until the closing.
    private func listen(on connection: Connection) throws(PostgresError) -> Bool {
        let own = "heartbeat_\(connection.processID)"
        try connection.run((channels + [own]).map { SQL(trusted: "listen \(Self.quoted($0))") })
        // Heartbeats are sent without waiting for what comes of them, which one by one is simpler than in a pipeline.
        guard PQexitPipelineMode(connection.handle) == 1 else { throw connection.lost() }
        tell(.gap)
        var missed = 0
        var next = ContinuousClock.now + heartbeat
        while true {
            if closing.wait(for: PQsocket(connection.handle), until: next) { return true }
            guard PQconsumeInput(connection.handle) == 1 else { break }
            while PQisBusy(connection.handle) == 0, let result = PQgetResult(connection.handle) { PQclear(result) }
            while let notification = PQnotifies(connection.handle) {
                defer { PQfreemem(notification) }
                let channel = String(cString: notification.pointee.relname)
                if channel == own {
                    missed = 0
                } else {
                    tell(.notification(channel: channel, payload: String(cString: notification.pointee.extra)))
                }
            }
            guard next <= .now else { continue }
            next = .now + heartbeat
            if missed >= Self.maxMissed { break }
            missed += 1
            if missed == 1, PQsendQuery(connection.handle, "notify \(own)") != 1 { break }
        }
        connector.noteLost("while listening")
        return false
    }

    /// Drops the oldest if there is no room, and then tells of the gap, which may drop another.
    private func tell(_ event: Listener.Event) {
        if case .dropped = events.yield(event) { events.yield(.gap) }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

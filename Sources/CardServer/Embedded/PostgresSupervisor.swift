import Glibc
import Logging

/// Runs the server on a thread of its own from preparation to end, and starts it again when it falls over.
///
/// The thread is needed: the system tells the server of the daemon's death when the thread that started it ends.
final class PostgresSupervisor {
    /// What the owner is told.
    enum Event: Sendable {
        case ready(PostgresAddress)
        /// It ran, ended, and will be started again; how often that happened in a row.
        case ended(failures: Int)
        /// Nothing more will happen. The error if it never was ready.
        case finished(EmbeddedPostgresError?)
    }

    private let directory: String
    private let parameters: [String: String]
    private let logger: Logger
    /// Becomes readable when the server is to stop.
    private let wakeUp: Int32
    private let report: @Sendable (Event) -> Void
    private var log: PostgresLog
    private var isStopping = false

    init(
        directory: String, parameters: [String: String], logger: Logger, wakeUp: Int32,
        report: @escaping @Sendable (Event) -> Void
    ) {
        (self.directory, self.parameters, self.logger) = (directory, parameters, logger)
        (self.wakeUp, self.report) = (wakeUp, report)
        log = PostgresLog(logger)
    }

    /// Starts the thread. It keeps the supervisor alive until it ends.
    func start() {
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<PostgresSupervisor>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        precondition(result == 0, "no thread can be made: \(HostFile.errorText(result))")
        pthread_detach(thread)
    }

    private func run() {
        do throws(EmbeddedPostgresError) {
            try supervise()
            report(.finished(nil))
        } catch {
            report(.finished(error))
        }
    }

    private func supervise() throws(EmbeddedPostgresError) {
        do { try HostFile.makeFolder(directory) } catch { throw .failed(step: directory, reason: error.reason) }
        let lock = try DirectoryLock(directory)
        let cluster = try PostgresCluster.open(directory)
        var failures = 0
        while !isStopping {
            let started = ContinuousClock.now
            do throws(EmbeddedPostgresError) {
                let wasReady = try runServer(of: cluster)
                if !wasReady, failures == 0, !isStopping { throw .ended(lastLines: log.lastLines) }
                if wasReady, ContinuousClock.now - started > .seconds(60) { failures = 0 }
            } catch {
                if failures == 0 { throw error }
                logger.error("PostgreSQL cannot be started again: \(error)")
            }
            if isStopping { break }
            failures += 1
            let milliseconds = min(30_000, 250 << min(failures, 10))
            logger.error("PostgreSQL ended; it is started again", metadata: ["afterMilliseconds": "\(milliseconds)"])
            report(.ended(failures: failures))
            wait(milliseconds: milliseconds)
        }
        _ = consume lock
    }

    /// Runs the server once, until it and all of its processes have ended.
    ///
    /// - Returns: Whether it was ready at any time.
    private func runServer(of cluster: PostgresCluster) throws(EmbeddedPostgresError) -> Bool {
        try cluster.clearLeftovers()
        try cluster.makeSocketFolder()
        let child = try ChildProcess(try cluster.serverCommand(overriding: parameters))
        var isReady = false
        var impatience: ContinuousClock.Instant?
        while true {
            let timeout: Int32 = isReady && impatience == nil ? -1 : 20
            let events = poll(child.output, timeout)
            if events.output, !readLog(child.output) { break }
            if events.wakeUp, !isStopping {
                (isStopping, log.isStopping) = (true, true)
                kill(child.process, SIGINT)
                impatience = .now + .seconds(60)
            }
            if let moment = impatience, moment < .now {
                // Losing no data either: what is committed is in the log, and read back at the next start.
                kill(child.process, SIGQUIT)
                impatience = .now + .seconds(10)
            }
            let state = isReady ? nil : PostgresCluster.pidFile(in: cluster.data)
            if let state, state.isReady, state.process == child.process {
                isReady = true
                report(.ready(PostgresAddress(socketFolder: cluster.socketFolder)))
            }
        }
        _ = child.wait()
        return isReady
    }

    /// - Returns: Whether the server or one of its processes still holds the other end.
    private func readLog(_ descriptor: Int32) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &chunk, chunk.count)
        if count > 0 { log.take(chunk[..<count]) }
        return count > 0 || count < 0 && errno == EINTR
    }

    private func poll(_ output: Int32, _ timeout: Int32) -> (output: Bool, wakeUp: Bool) {
        // Once stopping the wake-up stays readable, so it is no longer asked for.
        var events = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isStopping ? -1 : wakeUp, events: Int16(POLLIN), revents: 0),
        ]
        guard Glibc.poll(&events, 2, timeout) > 0 else { return (false, false) }
        return (events[0].revents != 0, events[1].revents != 0)
    }

    private func wait(milliseconds: Int) {
        var event = pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)
        if Glibc.poll(&event, 1, Int32(milliseconds)) > 0 { isStopping = true }
    }
}

import Glibc
import Logging
import Synchronization

/// The daemon's own PostgreSQL, for those who configure no database.
///
/// It is made at the first start, listens on a socket in a closed folder alone, runs as an unprivileged account even
/// when the daemon is root, and ends with the daemon: by `stop`, and by a signal from the system if the daemon is
/// killed. One that survives nonetheless is stopped at the next start. A server that falls over is started again, with
/// growing pauses up to 30 s.
public final class EmbeddedPostgres: Sendable {
    /// How it is.
    public enum Health: Sendable, Hashable {
        /// Not yet ready for the first time; replaying its log after a crash can take minutes.
        case starting
        case ready
        /// It fell over, so often in a row, and is being started again.
        case restarting(failures: Int)
        case stopped
    }

    private struct State {
        var health = Health.starting
        var address: Result<PostgresAddress, EmbeddedPostgresError>?
        var isStarted = false
        var isFinished = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let directory: String
    private let parameters: [String: String]
    private let logger: Logger
    /// One byte into `wakeUp.write` stops the server.
    private let wakeUp: (read: Int32, write: Int32)

    /// - Parameters:
    ///   - directory: `data.directory`, absolute; made if it is missing.
    ///   - parameters: PostgreSQL parameters over those that we choose, such as `max_connections`.
    ///   - logger: Where its lines and ours go.
    public init(directory: String, parameters: [String: String] = [:], logger: Logger) {
        (self.directory, self.parameters, self.logger) = (directory, parameters, logger)
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        precondition(socketpair(AF_UNIX, kind, 0, &ends) == 0, "no descriptors: \(HostFile.errorText())")
        wakeUp = (ends[0], ends[1])
    }

    deinit {
        close(wakeUp.read)
        close(wakeUp.write)
    }

    public var health: Health { state.withLock(\.health) }

    /// Starts it and waits until it takes connections. To be called once; the thread keeps this object alive until
    /// `stop`.
    public func start() async throws -> PostgresAddress {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if isFirst {
            PostgresSupervisor(
                directory: directory, parameters: parameters, logger: logger, wakeUp: wakeUp.read,
                report: { self.take($0) }
            ).start()
        }
        await wait { $0.address != nil }
        return try state.withLock { $0.address! }.get()
    }

    /// Stops it and waits for its end: at once if all is well, after a minute by force.
    public func stop() async {
        let isRunning = state.withLock { $0.isStarted && !$0.isFinished }
        guard isRunning else { return }
        _ = write(wakeUp.write, [1], 1)
        await wait { $0.isFinished }
    }

    /// Where the server of another daemon is reached that uses this folder now; `nil` if there is none.
    ///
    /// For commands that run beside the daemon. The caller's account must be root or that of the server.
    public static func running(in directory: String) -> PostgresAddress? {
        guard HostFile.status(directory) != nil else { return nil }
        do throws(EmbeddedPostgresError) { _ = try DirectoryLock(directory) } catch {
            guard case .inUse = error, let found = PostgresCluster.pidFile(in: directory + "/postgres/data") else {
                return nil
            }
            return found.isReady ? PostgresAddress(socketFolder: found.socketFolder) : nil
        }
        return nil
    }

    /// Runs a command's work on the server of a daemon that uses this folder now, else on one started for it.
    public static func use<R: Sendable>(
        directory: String, parameters: [String: String] = [:], logger: Logger,
        _ body: (PostgresAddress) async throws -> R
    ) async throws -> R {
        if let address = running(in: directory) { return try await body(address) }
        let server = EmbeddedPostgres(directory: directory, parameters: parameters, logger: logger)
        do {
            let result = try await body(try await server.start())
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private func take(_ event: PostgresSupervisor.Event) {
        let waiting = state.withLock { state in
            switch event {
            case .ready(let address): (state.health, state.address) = (.ready, .success(address))
            case .ended(let failures): state.health = .restarting(failures: failures)
            case .finished(let error):
                (state.health, state.isFinished) = (.stopped, true)
                if state.address == nil || error != nil { state.address = .failure(error ?? .stopped) }
            }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits through events until one brings the state asked for.
    private func wait(until holds: @Sendable (State) -> Bool) async {
        while !state.withLock({ holds($0) }) {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if holds(state) { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isThere { continuation.resume() }
            }
        }
    }
}

/// All connections are in use, and as many callers as may wait do so, or this one waited as long as it may. Nothing
/// was done; trying again later may succeed.
public struct PoolExhausted: Error, Sendable {}

/// The database was closed with ``Database/close()``.
public struct DatabaseClosed: Error, Sendable {}

/// Lends sessions, at most so many at once, the latest used first; callers wait in order.
final class Pool: Sendable {
    private struct State {
        var idle: [Session] = []
        var leasedCount = 0
        var waiters: [Waiter] = []
        var isClosed = false
        /// Called when the last session has come back after the closing.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    let size: Int
    private let maxWaiters: Int
    private let connector: Connector
    private let watchdog: Watchdog
    private let state = Monitor(State())

    init(size: Int, maxWaiters: Int, connector: Connector, watchdog: Watchdog) {
        precondition(size > 0, "a pool needs a session")
        (self.size, self.maxWaiters) = (size, maxWaiters)
        (self.connector, self.watchdog) = (connector, watchdog)
    }

    /// How many sessions are idle, lent, and wanted.
    var counts: (idle: Int, leased: Int, waiting: Int) {
        state.locked { ($0.idle.count, $0.leasedCount, $0.waiters.count) }
    }

    /// A session of the caller's own until ``release(_:)``; waits for one up to the deadline.
    func lease(until deadline: ContinuousClock.Instant) async throws -> Session {
        if let session = try state.locked({ try takeAtOnce(&$0) }) { return session }
        let waiter = Waiter(pool: self)
        defer { watchdog.forget(waiter) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                waiter.start(continuation)
                watchdog.watch(waiter, until: deadline)
                enqueue(waiter)
            }
        } onCancel: {
            drop(waiter, CancellationError())
        }
    }

    /// Gives a session back, to the first who waits for one.
    func release(_ session: Session) {
        var isDone = false
        while !isDone {
            let waiter = state.locked { state in
                if !state.waiters.isEmpty { return state.waiters.removeFirst() as Waiter? }
                state.leasedCount -= 1
                if !state.isClosed { state.idle.append(session) }
                return nil
            }
            // Who waits may have given up just now; then it is the next one's turn.
            isDone = waiter.map { $0.finish(.success(session)) } ?? true
        }
        let closers = state.locked { state in
            guard state.isClosed, state.leasedCount == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Lends no more, and returns when all connections are closed.
    func close() async {
        let (idle, waiters) = state.locked { state in
            defer { (state.isClosed, state.idle, state.waiters) = (true, [], []) }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { _ = waiter.finish(.failure(DatabaseClosed())) }
        for session in idle { await session.close() }
        await withCheckedContinuation { continuation in
            let isDone = state.locked { state in
                if state.leasedCount > 0 { state.closers.append(continuation) }
                return state.leasedCount == 0
            }
            if isDone { continuation.resume() }
        }
    }

    private func takeAtOnce(_ state: inout State) throws -> Session? {
        if state.isClosed { throw DatabaseClosed() }
        if let session = state.idle.popLast() {
            state.leasedCount += 1
            return session
        }
        if state.leasedCount < size {
            state.leasedCount += 1
            return Session(Seat(connector, watchdog))
        }
        if state.waiters.count >= maxWaiters { throw PoolExhausted() }
        return nil
    }

    private func enqueue(_ waiter: Waiter) {
        let result = Result {
            try state.locked { state in
                if let session = try takeAtOnce(&state) { return session as Session? }
                state.waiters.append(waiter)
                return nil
            }
        }
        switch result {
        case .success(nil):
            // A cancel that came before the queueing found nobody to drop.
            if waiter.isOver { drop(waiter, CancellationError()) }
        case .success(let session?):
            if !waiter.finish(.success(session)) { release(session) }
        case .failure(let error): _ = waiter.finish(.failure(error))
        }
    }

    /// Takes somebody who no longer waits out of the queue.
    fileprivate func drop(_ waiter: Waiter, _ error: any Error) {
        state.locked { state in state.waiters.removeAll { $0 === waiter } }
        _ = waiter.finish(.failure(error))
    }
}

/// Somebody who waits for a session.
private final class Waiter: Timed {
    private struct State {
        var continuation: CheckedContinuation<Session, any Error>?
        var early: (any Error)?
        var isOver = false
    }

    private let pool: Pool
    private let state = Monitor(State())

    init(pool: Pool) { self.pool = pool }

    var isOver: Bool { state.locked(\.isOver) }

    /// The wait begins, or ends at once if it was given up before.
    func start(_ continuation: CheckedContinuation<Session, any Error>) {
        let error = state.locked { state in
            if state.early == nil { state.continuation = continuation }
            return state.early
        }
        if let error { continuation.resume(throwing: error) }
    }

    /// Ends the wait; `false` if it has ended already.
    func finish(_ result: Result<Session, any Error>) -> Bool {
        let (isFirst, continuation) = state.locked { state in
            defer { (state.isOver, state.continuation) = (true, nil) }
            if !state.isOver, state.continuation == nil, case .failure(let error) = result { state.early = error }
            return (!state.isOver, state.continuation)
        }
        continuation?.resume(with: result)
        return isFirst
    }

    func fire() -> ContinuousClock.Instant? {
        pool.drop(self, PoolExhausted())
        return nil
    }
}

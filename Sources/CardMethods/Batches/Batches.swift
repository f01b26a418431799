import CardRules
import JSONRPC
import Logging
import Postgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs calls of one kind together: all that arrive while a connection is busy make its next batch, up to a limit. No
/// timer waits for more, so an idle daemon answers one call at once.
///
/// There are as many connections as cores, each with a thread of its own. The calls of one client always go to the same
/// one, so that they stay in their order.
final class Batches<Work: BatchWork>: AnyBatches {
    typealias Call = BatchCall<Work.Request>

    private let lines: [Line]

    init(services: Services, seat: @escaping @Sendable () -> sending Seat) {
        lines = (0..<max(1, services.settings.batchConnections)).map { _ in
            Line(services: services, seat: seat)
        }
    }

    /// Queues a call; its completion is called on a batch's thread.
    func submit(_ call: Call, from peer: Peer) {
        let line = lines[Int(UInt(bitPattern: ObjectIdentifier(peer).hashValue) % UInt(lines.count))]
        if !line.append([call]) {
            call.ticket.completion(.failure(RPCError.limitExceeded(retryAfterMilliseconds: 1000)))
        }
    }

    /// Finishes what waits, then ends the threads.
    func close() { for line in lines { line.close() } }

    /// One connection, its thread, and the calls that wait for it.
    private final class Line: Sendable {
        private struct State: Sendable {
            var waiting: [Call] = []
            var isClosed = false
        }

        private let state = Mutex(State())
        private let wake = WakeUp()

        init(services: Services, seat: @escaping @Sendable () -> sending Seat) {
            startThread { [self] in
                var runner = BatchRunner<Work>(services: services, seat: seat())
                while let calls = next() {
                    let postponed = runner.run(calls)
                    if !postponed.isEmpty { postpone(postponed, services) }
                }
            }
        }

        func append(_ calls: [Call]) -> Bool {
            let isTaken = state.withLock { state in
                if state.isClosed || state.waiting.count + calls.count > BatchLimits.maximumWaiting { return false }
                state.waiting += calls
                return true
            }
            if isTaken { wake.signal() }
            return isTaken
        }

        func close() {
            state.withLock { $0.isClosed = true }
            wake.signal()
        }

        /// The next batch; waits for one, and is `nil` once closed and empty.
        private func next() -> [Call]? {
            while true {
                let (calls, isClosed) = state.withLock { state in
                    let calls = Array(state.waiting.prefix(BatchLimits.maximumBatch))
                    state.waiting.removeFirst(calls.count)
                    return (calls, state.isClosed)
                }
                if !calls.isEmpty { return calls }
                if isClosed { return nil }
                wake.wait()
            }
        }

        /// Puts calls back whose facts in memory were older than the database's, once memory is right again.
        private func postpone(_ calls: [Call], _ services: Services) {
            Task {
                do {
                    try await Work.refresh(for: calls, services)
                    if !self.append(calls) { throw RPCError.limitExceeded(retryAfterMilliseconds: 1000) }
                } catch {
                    for call in calls { call.ticket.completion(.failure(error)) }
                }
            }
        }
    }
}

/// Batches of any kind, as they are kept and closed.
protocol AnyBatches: Sendable {
    func close()
}

enum BatchLimits {
    /// Beyond this, only latency grows.
    static let maximumBatch = 256
    /// Calls that wait for one connection before more are turned away.
    static let maximumWaiting = 16_384
}

/// A thread sleeps here until there is something to do.
private final class WakeUp: @unchecked Sendable {
    // The semaphore must stay at its address, and is made for use from several threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }
    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }
    func wait() { while sem_wait(semaphore) != 0 {} }
}

/// Starts a detached thread of 1 MiB stack.
private func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 1 << 20)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(
        &thread, &attributes,
        { pointer in
            Unmanaged<Box>.fromOpaque(pointer!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    pthread_attr_destroy(&attributes)
}

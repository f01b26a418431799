internal import Glibc

/// A state that several threads share, and that they can wait on. Blocks its threads: for threads of this module's
/// own, and for moments. Used instead of `Mutex` also where nobody waits, because the thread sanitizer understands it.
final class Monitor<State: Sendable>: @unchecked Sendable {
    // Unchecked because the compiler doesn't know pthreads: `state` is only touched while the mutex is held.
    private var state: State
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func locked<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Wakes one thread that waits.
    func signal() { pthread_cond_signal(condition) }

    /// Wakes all threads that wait.
    func broadcast() { pthread_cond_broadcast(condition) }

    /// Waits while the condition holds, but not past the deadline, and runs the body.
    func wait<R>(
        until deadline: ContinuousClock.Instant? = nil, while holds: (State) -> Bool, then body: (inout State) -> R
    ) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while holds(state) {
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            var time = Self.monotonic(deadline)
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
        }
        return body(&state)
    }

    private static func monotonic(_ deadline: ContinuousClock.Instant) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let rest = max(.zero, deadline - .now).components
        let nanoseconds = now.tv_nsec + Int(rest.attoseconds / 1_000_000_000)
        return timespec(
            tv_sec: now.tv_sec + Int(rest.seconds) + nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
    }
}

/// Runs a body on a new thread, which ends with it.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Start: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    defer { pthread_attr_destroy(&attributes) }
    let status = pthread_create(
        &thread, &attributes,
        { context in
            Unmanaged<Start>.fromOpaque(context!).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Start(body)).toOpaque())
    precondition(status == 0, "no thread can be started: error \(status)")
}

/// The deadline of a call passed before it was done. What it did is undone.
public struct DeadlineExceeded: Error, Sendable {}

/// One use of a session: what can stop it from outside, and until when.
///
/// A cancel of PostgreSQL's hits whatever the connection does when it arrives, so it must never be under way when the
/// call is over: ``endCancelling()`` waits for it. It does nothing between two statements, so it is repeated until the
/// call takes notice.
final class Call: Timed {
    enum Reason: Sendable { case cancelled, deadline }

    private enum Phase { case waiting, running, ending, ended }

    private struct State {
        var phase = Phase.waiting
        var reason: Reason?
        var lifeline: Lifeline?
        /// A thread repeats the cancel.
        var hasCanceller = false
        var isCancelUnderWay = false
        var isOverdue = false
    }

    /// How long a cancelled call may go on until its connection is cut, and how long one cancel may take.
    static let grace = Duration.seconds(2)
    private static let repeatCancel = Duration.milliseconds(50)

    private let monitor = Monitor(State())

    /// Why the call must stop, if it must.
    var reason: Reason? { monitor.locked { $0.reason } }

    /// The call begins to use a connection; `false` if it was stopped before.
    func begin(_ lifeline: Lifeline) -> Bool {
        monitor.locked { state in
            guard state.reason == nil else { return false }
            state.phase = .running
            state.lifeline = lifeline
            return true
        }
    }

    /// Stops the call from any thread, at once if it did not begin.
    func stop(_ reason: Reason) {
        let mustCancel = monitor.locked { state in
            if state.reason == nil { state.reason = reason }
            guard state.phase == .running, !state.hasCanceller else { return false }
            state.hasCanceller = true
            return true
        }
        if mustCancel { startThread { [self] in repeatCancel() } }
    }

    private func repeatCancel() {
        while true {
            let lifeline = monitor.locked { state in
                guard state.phase == .running else { return nil as Lifeline? }
                state.isCancelUnderWay = true
                return state.lifeline
            }
            guard let lifeline else { return }
            lifeline.cancel()
            monitor.locked { $0.isCancelUnderWay = false }
            monitor.broadcast()
            monitor.wait(until: .now + Self.repeatCancel, while: { $0.phase == .running }) { _ in }
        }
    }

    /// No more cancels from here on: waits for the one under way, after which the server has taken note of it, and
    /// ignores it if the connection is doing nothing. `false` if the cancel does not come to an end, so that the
    /// connection can't be used on.
    func endCancelling() -> Bool {
        monitor.locked { $0.phase = .ending }
        monitor.broadcast()
        return monitor.wait(until: .now + Self.grace, while: \.isCancelUnderWay) { !$0.isCancelUnderWay }
    }

    /// The call is over, and its connection is another's.
    func end() {
        monitor.locked {
            $0.phase = .ended
            $0.lifeline = nil
        }
    }

    /// The deadline: first the statement is cancelled, then the line is cut.
    func fire() -> ContinuousClock.Instant? {
        let mustCut = monitor.locked { state in
            defer { state.isOverdue = true }
            // Under the lock, because after the call the connection may be closed.
            if state.isOverdue, state.phase == .running || state.phase == .ending { state.lifeline?.cut() }
            return state.isOverdue
        }
        if mustCut { return nil }
        stop(.deadline)
        return .now + Self.grace
    }

    /// The error that the caller gets for one of the body's.
    func explain(_ error: any Error) -> any Error {
        guard let error = error as? PostgresError, error.isCancelled || error.isConnectionLost, let reason else {
            return error
        }
        return switch reason {
        case .cancelled: CancellationError()
        case .deadline: DeadlineExceeded()
        }
    }
}

import JSONRPC
import NIOCore
import Synchronization

/// The calls of a connection that wait for their answers. Shared by the callers and the connection's event loop.
final class PendingCalls: Sendable {
    typealias Answer = CheckedContinuation<Result<Response, CallFailure>, Never>

    private struct Waiting: Sendable {
        let answer: Answer
        var timer: Scheduled<Void>?
    }

    private struct State: Sendable {
        var lastID: Int64 = 0
        var waiting: [Int64: Waiting] = [:]
        /// Why nothing can be called any more.
        var end: CallFailure?
    }

    private let state = Mutex(State())

    /// Takes a call in and gives it an id; `nil` if the connection has ended, which the caller is then told.
    func begin(_ answer: Answer) -> Int64? {
        let (id, end) = state.withLock { state -> (Int64, CallFailure?) in
            state.lastID += 1
            if state.end == nil { state.waiting[state.lastID] = Waiting(answer: answer) }
            return (state.lastID, state.end)
        }
        guard let end else { return id }
        answer.resume(returning: .failure(end))
        return nil
    }

    /// Remembers what ends the wait for an answer; a call that is over needs it no more.
    func set(_ timer: Scheduled<Void>, for id: Int64) {
        let isWaiting = state.withLock { state in
            state.waiting[id]?.timer = timer
            return state.waiting[id] != nil
        }
        if !isWaiting { timer.cancel() }
    }

    /// Answers one call. An id that nobody waits for is that of a call that timed out.
    func answer(_ id: Int64, _ result: Result<Response, CallFailure>) {
        guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return }
        waiting.timer?.cancel()
        waiting.answer.resume(returning: result)
    }

    /// Answers all calls alike.
    func answerAll(_ result: Result<Response, CallFailure>) {
        let waiting = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting.values
        }
        for call in waiting {
            call.timer?.cancel()
            call.answer.resume(returning: result)
        }
    }

    /// Ends all calls, those to come too. The first reason stays.
    func end(_ failure: CallFailure) {
        let reason = state.withLock { state in
            state.end = state.end ?? failure
            return state.end!
        }
        answerAll(.failure(reason))
    }
}

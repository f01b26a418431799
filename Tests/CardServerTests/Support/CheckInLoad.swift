import JSONRPC
import Synchronization

/// Devices that check cards in without pause, one call after the other, as pillars do: what got no answer is sent again
/// under the same key.
final class CheckInLoad: Sendable {
    private struct State {
        var last = 0
        /// Sent, and not answered for good.
        var open: [String: JSON] = [:]
        /// The text of the result, or the kind of the refusal, by key.
        var answers: [String: String] = [:]
        /// Errors that ask to try again, by code.
        var hindrances: [Int64: Int] = [:]
        /// Calls that were sent on a connection that broke before the answer.
        var unanswered = 0
        var isStopping = false
    }

    private let facts = ServedWorld.facts
    private let state = Mutex(State())

    var answers: [String: String] { state.withLock { $0.answers } }
    var hindrances: [Int64: Int] { state.withLock { $0.hindrances } }
    var unanswered: Int { state.withLock { $0.unanswered } }

    /// The ids of the check-ins that the daemon said were done.
    var checkIns: [String] {
        get throws {
            try answers.values.compactMap { try JSON(parsing: Array($0.utf8))["id"]?.string }
        }
    }

    /// Ends after the calls that are under way.
    func stop() { state.withLock { $0.isStopping = true } }

    /// Runs so many devices until each is turned away, its connection breaks, or all are stopped.
    func run(_ devices: Int, against daemon: DaemonProcess) async {
        state.withLock { $0.isStopping = false }
        await withTaskGroup { group in
            for _ in 0..<devices { group.addTask { await self.runDevice(daemon) } }
        }
    }

    private func runDevice(_ daemon: DaemonProcess) async {
        guard let socket = try? await daemon.connect(as: facts.pillarCredential) else { return }
        while !Task.isCancelled, let (key, params) = take() {
            await socket.send(TestSocket.request("pillar.checkIn", params, id: .string(key)))
            guard let reply = try? await Self.reply(to: key, on: socket) else {
                return state.withLock {
                    $0.unanswered += 1
                    $0.open[key] = params
                }
            }
            guard note(reply, key, params) else { return }
            if reply.errorCode.map({ $0 < 0 }) == true { try? await Task.sleep(for: .milliseconds(20)) }
        }
    }

    private static func reply(to key: String, on socket: TestSocket) async throws -> JSON? {
        while let message = try await socket.message() {
            if message["id"]?.string == key { return message }
        }
        return nil
    }

    /// A call that is still open, or a new one.
    private func take() -> (key: String, params: JSON)? {
        state.withLock { state in
            if state.isStopping { return nil }
            if let old = state.open.popFirst() { return (old.key, old.value) }
            state.last += 1
            let key = "load \(state.last)"
            let chip = facts.chips[state.last % facts.chips.count]
            return (key, ["chipNumber": .string(chip), "idempotencyKey": .string(key)])
        }
    }

    /// - Returns: Whether to go on.
    private func note(_ reply: JSON, _ key: String, _ params: JSON) -> Bool {
        state.withLock { state in
            if let code = reply.errorCode, code < 0 {
                state.hindrances[code, default: 0] += 1
                state.open[key] = params
                return code != -32006
            }
            state.answers[key] = reply["result"]?.text ?? reply.errorKind ?? ""
            return true
        }
    }
}

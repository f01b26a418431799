import CardRules
import JSONRPC
import Synchronization

/// The other side of a connection: who it is, where it comes from, and how to tell it something unasked.
public final class Peer: Sendable {
    /// The address without port, for throttling; the same for all who come through one proxy.
    public let source: String
    /// Sends a notification; `nil` where nothing can be sent unasked (HTTP). Returns false once the connection is gone.
    let push: (@Sendable (_ notification: [UInt8]) -> Bool)?
    private let state: Mutex<State>

    private struct State: Sendable {
        var caller: Caller
        var answersPings = false
        var isSlow = false
    }

    public init(source: String, caller: Caller = .anonymous, push: (@Sendable ([UInt8]) -> Bool)? = nil) {
        (self.source, self.push) = (source, push)
        state = Mutex(State(caller: caller))
    }

    public var caller: Caller { state.withLock { $0.caller } }

    /// From now on the connection speaks for this caller.
    func become(_ caller: Caller) { state.withLock { $0.caller = caller } }

    /// Whether the client asked to be pinged, and so may be silent.
    public var answersPings: Bool { state.withLock { $0.answersPings } }

    func answerPings() { state.withLock { $0.answersPings = true } }

    /// Whether so much waits to be taken by the other side that what can wait should; set by its connection.
    public var isSlow: Bool {
        get { state.withLock { $0.isSlow } }
        set { state.withLock { $0.isSlow = newValue } }
    }
}

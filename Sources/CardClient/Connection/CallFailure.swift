import JSONRPC

/// Why a call gave no result.
public enum CallFailure: Error, Sendable, Hashable {
    /// The daemon answered with an error: nothing was changed, unless its kind is `outcome.unknown`.
    case answered(RPCError)
    /// No connection came about, so nothing was sent. The text says why.
    case unreachable(String)
    /// The connection ended before the answer: it is not known whether the call was carried out.
    case connectionLost(String)
    /// No answer came in time: it is not known whether the call was carried out.
    case timedOut(seconds: Int)

    /// Whether a call that writes may have taken effect, so that it is repeated under the same idempotency key.
    public var isOutcomeUnknown: Bool {
        switch self {
        case .answered(let error): error.kind == RPCError.Kind.outcomeUnknown.rawValue
        case .unreachable: false
        case .connectionLost, .timedOut: true
        }
    }
}

extension RPCError {
    /// The stable name of the error, such as `card.blocked`.
    public var kind: String? { data?["kind"]?.string }
}

import JSONRPC

/// What a program that calls the daemon tells its shell.
public enum ProgramStatus: Int32, Sendable, CaseIterable {
    case done = 0
    /// The daemon refused, and its kind is on standard error.
    case refused = 1
    /// The command line, or the parameters of the call, are wrong.
    case usage = 64
    /// The daemon, or its database, cannot be reached, or did not answer.
    case unavailable = 69
    /// Something went wrong inside of the daemon, or here.
    case internalError = 70
    /// A file cannot be written or must not be trusted.
    case file = 73
    /// Too much at once: try again later.
    case tryLater = 75
    /// Not logged in, or without the permission.
    case notAllowed = 77

    /// What it means, for help.
    public var text: String {
        switch self {
        case .done: "done"
        case .refused: "refused: the kind and every reason are on standard error"
        case .usage: "the command line, or a parameter of the call, is wrong"
        case .unavailable: "the daemon or its database cannot be reached, or gave no answer in time"
        case .internalError: "something went wrong inside of the daemon or of ksb"
        case .file: "a file of ksb cannot be used, or others can read it"
        case .tryLater: "too many calls; try again later"
        case .notAllowed: "not logged in, or the permission is missing"
        }
    }

    public init(_ failure: CallFailure) {
        switch failure {
        case .unreachable, .connectionLost, .timedOut: self = .unavailable
        case .answered(let error): self.init(error)
        }
    }

    private init(_ error: RPCError) {
        switch error.kind.flatMap(RPCError.Kind.init(rawValue:)) {
        case .conflict, .idempotencyMismatch, .requestCancelled: self = .refused
        case nil: self = error.code > 0 ? .refused : .internalError
        case .loginMissing, .permissionMissing: self = .notAllowed
        case .limitExceeded: self = .tryLater
        case .shuttingDown, .databaseUnavailable, .outcomeUnknown, .requestTimedOut: self = .unavailable
        case .internalError, .messageMalformed: self = .internalError
        case .messageTooLarge, .requestInvalid, .requestIDInUse, .batchTooLong, .methodUnknown, .paramsInvalid,
            .responseTooLarge:
            self = .usage
        }
    }
}

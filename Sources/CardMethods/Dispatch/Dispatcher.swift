import CardRules
import JSONRPC
import Logging
import Postgres

/// The one place that admits a call, opens its transaction, names tenant and actor, keeps its answer under its
/// idempotency key, writes its audit row, and tries again what may be tried again.
public final class Dispatcher: Sendable {
    public let services: Services
    public let methods: [String: RegisteredMethod]

    public init(services: Services, methods: [RegisteredMethod] = Registry.all) {
        self.services = services
        self.methods = Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
    }

    public typealias Completion = @Sendable (Result<[UInt8], RPCError>) -> Void

    /// Starts a call. The completion is called once, perhaps before this returns, and from any thread. Cancelling the
    /// task, if there is one, cancels the call.
    @discardableResult
    public func start(
        _ method: RegisteredMethod, _ params: JSONObject, _ peer: Peer, _ completion: @escaping Completion
    ) -> Task<Void, Never>? {
        let caller = peer.caller
        if method.isOpenMemory || services.directory.isCurrent(caller) {
            return begin(method, params, peer, caller, completion)
        }
        return Task {
            do {
                let caller = try await services.currentCaller(caller)
                peer.become(caller)
                // Cancelling this task must reach the call itself.
                guard let call = self.begin(method, params, peer, caller, completion) else { return }
                await withTaskCancellationHandler {
                    await call.value
                } onCancel: {
                    call.cancel()
                }
            } catch {
                // The session is over: this call is told so, and the connection is free for another login.
                if (error as? RPCError) == RPCError(.loginMissing) {
                    peer.become(.anonymous)
                    self.services.forget(peer)
                }
                completion(.failure(self.wireError(error, method.name)))
            }
        }
    }

    /// Runs a call and waits for its answer.
    public func call(_ method: RegisteredMethod, _ params: JSONObject, _ peer: Peer) async -> Result<[UInt8], RPCError>
    {
        await withCheckedContinuation { continuation in
            start(method, params, peer) { continuation.resume(returning: $0) }
        }
    }

    private func begin(
        _ method: RegisteredMethod, _ params: JSONObject, _ peer: Peer, _ caller: Caller,
        _ completion: @escaping Completion
    ) -> Task<Void, Never>? {
        do {
            guard let scope = method.declared.access.scope(of: caller) else {
                throw caller.isAnonymous ? RPCError(.loginMissing) : RPCError(.permissionMissing)
            }
            let invocation = Invocation(
                declaration: method.declared, params: params, caller: caller, scope: scope, peer: peer,
                services: services)
            switch method.handler {
            case .memory(let answer):
                if let bytes = try answer(params, caller, services) {
                    completion(.success(bytes))
                    return nil
                }
                return Task { [services] in
                    do {
                        // Memory is empty, or has not heard yet of what another daemon did.
                        try await services.directory.reload()
                        guard let bytes = try answer(params, caller, services) else {
                            throw RPCError(.databaseUnavailable)
                        }
                        completion(.success(bytes))
                    } catch {
                        completion(.failure(self.wireError(error, method.name)))
                    }
                }
            case .batched(let submit):
                try submit(invocation) { result in
                    completion(result.mapError { self.wireError($0, method.name) })
                }
                return nil
            case .waiting(let run):
                return Task { [services] in
                    do {
                        // Methods look into memory beside the database, so it must be there.
                        if method.declared.effect != .session { try await services.directory.load() }
                        completion(.success(try await run(invocation, self)))
                    } catch {
                        completion(.failure(self.wireError(error, method.name)))
                    }
                }
            }
        } catch {
            completion(.failure(wireError(error, method.name)))
            return nil
        }
    }

    /// Every error as the wire knows it. What is not expected is logged in full, and told as a reference only.
    func wireError(_ error: any Error, _ method: String) -> RPCError {
        switch error {
        case let error as RPCError: return error
        case let refusal as Refusal: return RPCError(refusal)
        case let invalid as InvalidParameters: return .invalid(invalid)
        case let stored as StoredRefusal: return stored.error
        case is PoolExhausted: return .limitExceeded(retryAfterMilliseconds: 500)
        // It crossed others again and again: with fewer of them it may succeed.
        case let error as PostgresError where error.isRetryable: return .limitExceeded(retryAfterMilliseconds: 500)
        case is CommitOutcomeUnknown: return RPCError(.outcomeUnknown)
        case is CancellationError: return RPCError(.requestCancelled)
        case let error as PostgresError where error.isUnavailable:
            services.logger.warning("database unavailable", metadata: ["method": "\(method)", "error": "\(error)"])
            return RPCError(.databaseUnavailable)
        case is DeadlineExceeded: return RPCError(.requestTimedOut)
        case is DatabaseClosed: return RPCError(.shuttingDown)
        default:
            let reference = ID<Never>(at: services.clock.realNow).text
            services.logger.error(
                "unexpected error", metadata: ["method": "\(method)", "reference": "\(reference)", "error": "\(error)"])
            return .internalError(reference: reference)
        }
    }
}

extension Services {
    /// The caller as the database has it now. Throws `unauthenticated` if the session has ended.
    func currentCaller(_ caller: Caller) async throws -> Caller {
        try await directory.load()
        return try await database.transaction(deadline: .seconds(settings.callDeadlineSeconds)) {
            [self] transaction in try Sessions.caller(again: caller, in: transaction, self)
        }
    }
}

extension Dispatcher {
    /// A peer for one request that carries its own token: a session's, or a pillar's credential.
    public func peer(token: String, source: String) async -> Result<Peer, RPCError> {
        do {
            try await services.directory.load()
            let caller = try await plain { [services] in
                try Sessions.caller(token: token, in: $0, services)
            }
            return .success(Peer(source: source, caller: caller))
        } catch {
            return .failure(wireError(error, "bearer"))
        }
    }
}

import CardRules
import JSONRPC
import Postgres
import Synchronization

extension Prelude {
    /// Looks somebody up by INSZ: throttled, and written down before anything is told, whatever comes of it.
    ///
    /// - Parameters:
    ///   - isMiss: Whether nobody was found; so is a refusal with `passHolder.notFound`.
    func lookUp<Result: ResultValue>(
        _ insz: INSZ, isMiss: @escaping @Sendable (Result) -> Bool = { _ in false },
        _ body: @escaping @Sendable (Call) throws -> Result
    ) async throws -> Answer {
        try services.throttle.admit(.insz, from: peer)
        let missed = Atomic(false)
        do {
            let digest = services.keys.auditDigest(of: insz)
            let bytes = try await dispatcher.look(invocation, for: ("insz", digest)) { call in
                let result = try body(call)
                missed.store(isMiss(result), ordering: .relaxed)
                return result.jsonBytes
            }
            if missed.load(ordering: .relaxed) { try await miss() }
            return Answer(bytes: bytes)
        } catch let refusal as Refusal where refusal.kind == .passHolderNotFound {
            try await miss()
            throw refusal
        }
    }

    private func miss() async throws {
        services.throttle.missed(.insz, from: peer)
        try await note(.inszUnknown, account: caller.accountID)
    }
}

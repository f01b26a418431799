import CardRules
import JSONRPC
import Postgres
import Synchronization

extension Prelude {
    /// Looks somebody up by INSZ: throttled, and written down before anything is looked at, whatever comes of it.
    ///
    /// - Parameters:
    ///   - method: Which method it is done by.
    ///   - isMiss: Whether nobody was found; so is a refusal with `passHolder.notFound`.
    func lookUp<Result: ResultValue>(
        _ insz: INSZ, method: String, isMiss: @escaping @Sendable (Result) -> Bool = { _ in false },
        _ body: @escaping @Sendable (Call) throws -> Result
    ) async throws -> Answer {
        try services.throttle.admit(.insz, from: peer)
        _ = try await perform { call in
            call.audit.isLook = true
            call.audit.facts.append(("insz", call.services.keys.auditDigest(of: insz)))
            let entry = AuditEntry(call, method: method, outcome: "done")
            try call.transaction.run(AuditTrail.append([(call.audit.cardSystem, entry)]))
            return Done()
        }
        let missed = Atomic(false)
        do {
            let answer = try await perform { call in
                let result = try body(call)
                missed.store(isMiss(result), ordering: .relaxed)
                return result
            }
            if missed.load(ordering: .relaxed) { try await miss() }
            return answer
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

import CardRules
import JSONRPC
import Logging
import Postgres

/// Runs batches of one kind on one connection: two round trips each, one commit, a verdict per call. One bad call
/// refuses alone.
struct BatchRunner<Work: BatchWork> {
    typealias Call = BatchCall<Work.Request>

    private let services: Services
    private let seat: Seat
    private let limit: Duration
    private var batchesSincePlanned = 0

    init(services: Services, seat: Seat) {
        (self.services, self.seat) = (services, seat)
        limit = .seconds(services.settings.callDeadlineSeconds)
    }

    /// Completes the calls; gives back those for which memory must be read anew first.
    mutating func run(_ calls: [Call]) -> [Call] {
        guard services.directory.isLoaded else { return calls }
        var postponed: [Call] = []
        run(calls, attempt: 1, &postponed)
        return postponed
    }

    private mutating func run(_ calls: [Call], attempt: Int, _ postponed: inout [Call]) {
        do {
            try runOnce(calls, &postponed)
        } catch let error as PostgresError where error.isRetryable && attempt <= 3 {
            run(calls, attempt: attempt + 1, &postponed)
        } catch let error as PostgresError where error.violatedConstraint != nil && attempt <= 20 {
            // Another daemon took a place, a key, or the last of something between our look and our write. The calls
            // that did not cross it must not suffer: the halves are run anew, each with fresh facts.
            let middle = calls.count / 2
            for half in [calls[..<middle], calls[middle...]] where !half.isEmpty {
                run(Array(half), attempt: calls.count > 1 ? attempt : attempt + 1, &postponed)
            }
        } catch let error as PostgresError where error.isConnectionLost && attempt <= 2 {
            // Nothing had been sent for commit: the same calls on a new connection.
            run(calls, attempt: attempt + 1, &postponed)
        } catch {
            for call in calls { call.ticket.completion(.failure(error)) }
        }
    }

    private mutating func runOnce(_ calls: [Call], _ postponed: inout [Call]) throws {
        var batch = Batch<Work>(calls, services, now: services.clock.now)
        do {
            try seat.use(within: limit) { connection in
                renewPlans(of: connection)
                try batch.load(from: connection)
                batch.decide()
                if Work.onlyReads { return }
                services.failpoints.reach(.beforeCommit)
                try batch.write(to: connection, realNow: services.clock.realNow)
                services.failpoints.reach(.afterCommit)
            }
        } catch let unknown as CommitOutcomeUnknown {
            return unknown.isCommittedHere ? leave(calls) : resolve(batch)
        }
        postponed += batch.postponed
        batch.complete()
    }

    /// Now and then, as plans were made for the tables' size of that time.
    private mutating func renewPlans(of connection: Connection) {
        batchesSincePlanned += 1
        if batchesSincePlanned == 50 || batchesSincePlanned % 5000 == 0 { connection.renewStatements() }
    }

    /// After a commit of unknown outcome: what is stored under a key was done, of the rest nobody knows.
    private func resolve(_ batch: Batch<Work>) {
        do {
            var again = Batch<Work>(batch.calls, services, now: services.clock.now)
            try seat.use(within: limit) { try again.load(from: $0) }
            again.completeStored()
        } catch {
            leave(batch.calls)
        }
    }

    /// Nobody knows what came of them.
    private func leave(_ calls: [Call]) {
        for call in calls { call.ticket.completion(.failure(RPCError(.outcomeUnknown))) }
    }
}

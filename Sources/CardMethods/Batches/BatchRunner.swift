import CardRules
import JSONRPC
import Logging
import Postgres

/// Runs batches of one kind on one connection: two round trips each, one commit, a verdict per call. One bad call
/// refuses alone.
struct BatchRunner<Work: BatchWork> {
    typealias Call = BatchCall<Work.Request>

    private let services: Services
    private let connect: @Sendable () throws -> Connection
    private var connection: Connection?
    private var batchesSincePlanned = 0

    init(services: Services, connect: @escaping @Sendable () throws -> Connection) {
        (self.services, self.connect) = (services, connect)
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
            rollback()
            run(calls, attempt: attempt + 1, &postponed)
        } catch let error as PostgresError where error.violatedConstraint != nil && attempt <= 20 {
            // Another daemon took a place, a key, or the last of something between our look and our write. The calls
            // that did not cross it must not suffer: the halves are run anew, each with fresh facts.
            rollback()
            let middle = calls.count / 2
            for half in [calls[..<middle], calls[middle...]] where !half.isEmpty {
                run(Array(half), attempt: calls.count > 1 ? attempt : attempt + 1, &postponed)
            }
        } catch let error as PostgresError where error.isConnectionLost && connection == nil && attempt <= 2 {
            // Nothing had been sent for commit: the same calls on a new connection.
            run(calls, attempt: attempt + 1, &postponed)
        } catch {
            rollback()
            for call in calls { call.ticket.completion(.failure(error)) }
        }
    }

    private mutating func rollback() {
        do { _ = try connection?.run(["rollback"]) } catch { connection = nil }
    }

    /// The connection; plans are renewed now and then, as they were made for the tables' size of that time.
    private mutating func leased() throws -> Connection {
        batchesSincePlanned += 1
        if let connection {
            if batchesSincePlanned == 50 || batchesSincePlanned % 5000 == 0 { connection.renewStatements() }
            return connection
        }
        let new = try connect()
        connection = new
        return new
    }

    private mutating func runOnce(_ calls: [Call], _ postponed: inout [Call]) throws {
        let connection = try leased()
        var batch = Batch<Work>(calls, services, now: services.clock.now)
        do {
            try batch.load(from: connection)
            batch.decide()
            if !Work.onlyReads { services.failpoints.reach(.beforeCommit) }
        } catch let error as PostgresError where error.isConnectionLost {
            self.connection = nil
            throw error
        }
        if !Work.onlyReads {
            do {
                try batch.write(to: connection, realNow: services.clock.realNow)
            } catch let error as PostgresError where error.isConnectionLost {
                // It may or may not have been committed: only the stored answers can tell.
                self.connection = nil
                return resolve(batch)
            }
            services.failpoints.reach(.afterCommit)
        }
        postponed += batch.postponed
        batch.complete()
    }

    /// After a commit of unknown outcome: what is stored under a key was done, of the rest nobody knows.
    private mutating func resolve(_ batch: Batch<Work>) {
        do {
            var again = Batch<Work>(batch.calls, services, now: services.clock.now)
            let connection = try leased()
            try again.load(from: connection)
            _ = try connection.run(["rollback"])
            again.completeStored()
        } catch {
            connection = nil
            for call in batch.calls { call.ticket.completion(.failure(RPCError(.outcomeUnknown))) }
        }
    }
}

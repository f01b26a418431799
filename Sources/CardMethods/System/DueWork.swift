import CardRules
import Postgres

/// What becomes due by time alone. Run by a daemon now and then, and when the clock is moved.
public enum DueWork {
    /// Does all that is due at an instant. The transaction works as the platform.
    static func run(at now: Instant, _ transaction: Transaction) throws {
        try LedgerHolds.expire(at: now, transaction)
        try OrderEnd.lapse(at: now, transaction)
        try TicketSaleLapse.run(at: now, transaction)
    }

    /// Does all that is due now, in a transaction of its own.
    public static func run(_ services: Services) async throws {
        let (now, realNow) = (services.clock.now, services.clock.realNow)
        try await services.database.transaction(opening: ["select set_config('role', 'ksbd_platform', true)"]) {
            try run(at: now, $0)
            try Pruning.run(at: realNow, $0)
        }
        services.subscriptions.announceDue(services.directory, at: now)
    }
}

import CardMethods
import Logging
import Postgres
import Synchronization

/// The daemon's health and its work in the background.
final class DaemonState: Sendable {
    private let access: DatabaseAccess
    private let services: Services
    private let logger: Logger
    private let listener: Listener
    private let isStopping = Mutex(false)

    init(access: DatabaseAccess, services: Services, logger: Logger) {
        (self.access, self.services, self.logger) = (access, services, logger)
        listener = Listener(access.connection, channels: ["ksbd_change"], logger: logger)
        services.directory.tellChanges { [weak services] pillars in
            guard let services else { return }
            services.subscriptions.announce(pillars, services.directory, at: services.clock.now)
        }
    }

    /// Applies what the database tells, until stopped.
    func follow() async { await services.directory.follow(listener, logger: logger) }

    /// Every second does what has become due, until stopped.
    func watchClock() async {
        while !isStopping.withLock({ $0 }) {
            do { try await DueWork.run(services) } catch {
                logger.debug("due work not done", metadata: ["error": "\(error)"])
            }
            Notify.watchdog()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    func stop() {
        isStopping.withLock { $0 = true }
        listener.close()
    }

    /// Whether calls can be answered, asked of the database itself.
    func readiness() async -> Readiness {
        var problems: [String] = []
        if isStopping.withLock({ $0 }) { problems.append("stopping") }
        do {
            _ = try await services.database.read(deadline: .seconds(2)) { try $0.query("select 1").count }
        } catch {
            problems.append("database")
        }
        return Readiness(problems: problems, timeIsSimulated: services.clock.isSimulated)
    }

    func gauges(_ metrics: Metrics) -> [(name: String, help: String, value: Int)] {
        let pool = services.database.statistics
        return [
            ("ksbd_connections", "Connections open now.", metrics.openConnections),
            ("ksbd_subscriptions", "Pillars that are told of changes.", services.subscriptions.count),
            ("ksbd_pool_size", "Database connections allowed.", pool.size),
            ("ksbd_pool_idle", "Database connections idle.", pool.idle),
            ("ksbd_pool_waiting", "Calls that wait for a database connection.", pool.waiting),
            ("ksbd_pool_lost_total", "Database connections lost.", pool.lostConnections),
        ]
    }
}

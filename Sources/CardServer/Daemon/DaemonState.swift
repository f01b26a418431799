import CardMethods
import Logging
import NIOCore
import Postgres
import Synchronization

/// The daemon's health and its work in the background.
final class DaemonState: Sendable {
    private let access: DatabaseAccess
    private let services: Services
    private let loops: [any EventLoop]
    private let logger: Logger
    private let isStopping = Mutex(false)
    /// Whether the database's tables are those of this program; `nil` until it could be asked.
    private let schema: Mutex<Bool?> = Mutex(nil)
    /// Asks that, as the role that logs in: the one that the calls work as comes with the tables.
    private let schemaProbe: Database

    init(access: DatabaseAccess, services: Services, loops: [any EventLoop], logger: Logger) {
        (self.access, self.services, self.loops, self.logger) = (access, services, loops, logger)
        var probe = Database.Configuration(access.connection)
        probe.poolSize = 1
        schemaProbe = Database(probe, logger: logger)
        services.directory.tellChanges { [weak services] pillars in
            guard let services else { return }
            services.subscriptions.announce(pillars, services.directory, at: services.clock.now)
        }
    }

    /// Applies what the database tells, until cancelled.
    func follow() async {
        let listener = Listener(access.connection, channels: ["ksbd_change"], logger: logger)
        await services.directory.follow(listener, logger: logger)
        listener.close()
    }

    /// Sends the changes of card systems to those who subscribed to them, until cancelled.
    func tellChanges() async {
        while !Task.isCancelled {
            do { try await services.feeds.deliver(services) } catch {
                logger.debug("changes not told", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: FeedSubscriptions.pace)
        }
    }

    /// Every second does what has become due, and tells the service manager that we live, until cancelled.
    func watch() async {
        while !Task.isCancelled {
            await checkSchema()
            do { try await DueWork.run(services) } catch {
                logger.debug("due work not done", metadata: ["error": "\(error)"])
            }
            // A loop that is stuck lets nobody live who is on it: then the service manager must hear nothing.
            for loop in loops { try? await loop.submit {}.get() }
            Notify.watchdog()
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Works on jobs until cancelled; a step under way is finished.
    func workOnJobs() async { await JobRunner(services).run() }

    /// A database that could not be reached at the start may turn out to be another program's.
    private func checkSchema() async {
        let known = schema.withLock { $0 }
        if known == true { return }
        do {
            let pending = try await schemaProbe.connection(deadline: .seconds(2)) {
                try DatabaseSchema.pending(on: $0)
            }
            schema.withLock { $0 = pending.isEmpty }
            if pending.isEmpty { return await schemaProbe.close() }
            if known == nil { logger.critical("\(DaemonError.migrationsPending(pending))") }
        } catch let error as MigrationError {
            schema.withLock { $0 = false }
            if known == nil { logger.critical("\(DaemonError.schemaUnknown(error))") }
        } catch {
            logger.debug("tables not looked at", metadata: ["error": "\(error)"])
        }
    }

    /// From now on the daemon is not ready, so that no new work is sent here.
    func beginStopping() { isStopping.withLock { $0 = true } }

    /// Whether calls can be answered, asked of the database itself.
    func readiness() async -> Readiness {
        var problems: [String] = []
        if isStopping.withLock({ $0 }) { problems.append("stopping") }
        if schema.withLock({ $0 }) == false { problems.append("schema") }
        do {
            let isReadOnly = try await services.database.read(deadline: .seconds(2)) {
                try $0.query("select pg_is_in_recovery()")[0][0] as Bool
            }
            if isReadOnly { problems.append("databaseReadOnly") }
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
            ("ksbd_feed_subscriptions", "Feeds of changes that are told.", services.feeds.count),
            ("ksbd_pool_size", "Database connections allowed.", pool.size),
            ("ksbd_pool_idle", "Database connections idle.", pool.idle),
            ("ksbd_pool_waiting", "Calls that wait for a database connection.", pool.waiting),
            ("ksbd_pool_lost_total", "Database connections lost.", pool.lostConnections),
        ]
    }
}

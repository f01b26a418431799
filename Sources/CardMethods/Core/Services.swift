import Logging
import Postgres
import Synchronization

/// What methods share: the database, the clock, keys, and what is kept in memory.
public final class Services: Sendable {
    public let database: Database
    public let clock: BusinessClock
    public let keys: Keys
    public let directory: Directory
    public let settings: MethodSettings
    public let failpoints: Failpoints
    public let logger: Logger
    public let subscriptions = Subscriptions()
    public let feeds = FeedSubscriptions()
    /// The one connection on which jobs are worked on, so that they never take one from the calls.
    let jobDatabase: Database
    let jobSubscriptions = JobSubscriptions()
    let passwords: Passwords
    let throttle: SourceThrottle
    private let batchConnection: ConnectionSettings
    private let batches: Mutex<[ObjectIdentifier: any AnyBatches]> = Mutex([:])

    public init(
        connection: ConnectionSettings, poolSize: Int = 8, clock: BusinessClock = BusinessClock(), keys: Keys,
        settings: MethodSettings = .init(), failpoints: Failpoints = .none, logger: Logger
    ) {
        var configuration = Database.Configuration(connection)
        configuration.connection.role = "ksbd_app"
        configuration.poolSize = poolSize
        database = Database(configuration, logger: logger)
        batchConnection = configuration.connection.forBatches
        configuration.poolSize = 1
        configuration.connection.applicationName = "ksbd jobs"
        jobDatabase = Database(configuration, logger: logger)
        (self.clock, self.keys, self.settings) = (clock, keys, settings)
        (self.failpoints, self.logger) = (failpoints, logger)
        directory = Directory(database: database, clock: clock)
        passwords = Passwords(rounds: settings.passwordRounds)
        throttle = SourceThrottle()
    }

    /// The batches of a kind of work; their connections are made when first used.
    func batches<Work: BatchWork>(of kind: Work.Type) -> Batches<Work> {
        batches.withLock { batches in
            if let known = batches[ObjectIdentifier(kind)] as? Batches<Work> { return known }
            var settings = batchConnection
            settings.applicationName = "ksbd \(Work.name)"
            let new = Batches<Work>(services: self) { [database, settings] in database.seat(settings) }
            batches[ObjectIdentifier(kind)] = new
            return new
        }
    }

    /// Forgets what a connection subscribed to; to be called when it closes or its session is over.
    public func forget(_ peer: Peer) {
        subscriptions.remove(peer)
        feeds.remove(peer)
    }

    /// Finishes what is under way and closes all connections.
    public func close() async {
        batches.withLock { batches in
            for kind in batches.values { kind.close() }
            batches = [:]
        }
        await jobDatabase.close()
        await database.close()
    }
}

extension ConnectionSettings {
    /// A generic plan is a seventh faster for statements over arrays, and their plans do not depend on the values.
    fileprivate var forBatches: ConnectionSettings {
        var settings = self
        settings.parameters["plan_cache_mode"] = "force_generic_plan"
        return settings
    }
}

/// The settings that methods read; where they come from is the configuration's business.
public struct MethodSettings: Sendable {
    /// How long a session may be silent.
    public var sessionIdleHours = 12
    /// How long a session lives at most.
    public var sessionMaximumDays = 7
    /// The N of scrypt. Only tests, whose passwords protect nothing, take less.
    var passwordRounds = 1 << 15
    /// Wrong passwords in a row that lock an account of a counter's staff; 0 = never.
    public var lockAfterFailures = 5
    /// Connections that run nothing but batches of one kind of work, of each kind: as many as the machine has cores.
    public var batchConnections = 2
    /// The longest that a call may take, in seconds.
    public var callDeadlineSeconds = 30
    /// Whether `clock.set` and `clock.advance` are there at all.
    public var allowsClockControl = false
    /// Those whose signed word proves who somebody is.
    public var identityIssuers = IdentityIssuers.none

    public init() {}
}

import CardMethods
import Logging
import Postgres

/// How the daemon reaches its database: one that is configured, or its own.
struct DatabaseAccess: Sendable {
    /// As the role that the daemon works as.
    let connection: ConnectionSettings

    /// Runs the body with a database whose tables are in order. An own PostgreSQL is started before and stopped after.
    static func with<Value: Sendable>(
        _ settings: Settings, isDemo: Bool, logger: Logger, _ body: (DatabaseAccess) async throws -> Value
    ) async throws -> Value {
        if let conninfo = try settings.database.conninfo() {
            let connection = ConnectionSettings(conninfo)
            if isDemo { try prepareDemo(connection, settings, logger) } else { try await check(connection, logger) }
            return try await body(DatabaseAccess(connection: connection))
        }
        let server = EmbeddedPostgres(directory: directory(settings, isDemo: isDemo), logger: logger)
        let connection = ConnectionSettings(try await server.start().conninfo())
        do {
            let world: World = isDemo ? .demo : .production
            let applied = try DatabaseSchema.migrate(connection, world: world, logger: logger)
            for name in applied { logger.info("migration applied", metadata: ["name": "\(name)"]) }
            if isDemo { try requireDemoWorld(connection, logger) }
            let value = try await body(DatabaseAccess(connection: connection))
            await server.stop()
            return value
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Where the own PostgreSQL is: a demo world has a folder of its own, so that it never stands in a real one's way.
    static func directory(_ settings: Settings, isDemo: Bool) -> String {
        settings.data.directory + (isDemo ? "/demo" : "")
    }

    private static func prepareDemo(_ connection: ConnectionSettings, _ settings: Settings, _ logger: Logger) throws {
        let owner = try settings.database.ownerConninfo().map { ConnectionSettings($0) } ?? connection
        _ = try DatabaseSchema.migrate(owner, world: .demo, logger: logger)
        try requireDemoWorld(owner, logger)
    }

    private static func requireDemoWorld(_ connection: ConnectionSettings, _ logger: Logger) throws {
        if try DatabaseSchema.world(connection, logger: logger) != .demo { throw DaemonError.notADemoWorld }
    }

    /// Refuses tables that are not those of this program. A database that cannot be reached yet is no reason not to
    /// start: the daemon answers that it is unavailable until it is.
    private static func check(_ connection: ConnectionSettings, _ logger: Logger) async throws {
        do {
            let pending = try DatabaseSchema.pending(on: Connection(connection, logger: logger))
            if !pending.isEmpty { throw DaemonError.migrationsPending(pending) }
        } catch let error as MigrationError {
            throw DaemonError.schemaUnknown(error)
        } catch let error as PostgresError where error.isConnectionLost {
            logger.warning("the database cannot be reached yet", metadata: ["error": "\(error)"])
        }
    }
}

/// Why the daemon does not start.
public enum DaemonError: Error, CustomStringConvertible {
    case migrationsPending([String])
    case schemaUnknown(MigrationError)
    case notADemoWorld
    case certificateUnusable(file: String, reason: String)
    case failpointUnreadable(String)

    public var description: String {
        switch self {
        case .migrationsPending(let names):
            "the database lacks \(names.joined(separator: ", ")): run `ksbd migrate` first"
        case .schemaUnknown(.unknown(let names)):
            "the database belongs to a newer version of this program: it has \(names.joined(separator: ", "))"
        case .schemaUnknown(let error):
            "the database's tables are not this program's: \(error)"
        case .certificateUnusable(let file, let reason):
            "\(file) cannot be used for TLS: \(reason)"
        case .notADemoWorld:
            "--demo needs a database of its own: this one was not made as a demo world"
        case .failpointUnreadable(let text):
            "KSBD_FAILPOINT is not understood: \(text); write place:kill or place:sleep:milliseconds"
        }
    }
}

import CardSchema
import Crypto
import Logging
import Postgres

/// What a database is for; fixed when it is made.
public enum World: String, Sendable, CaseIterable {
    case production, test, demo
}

/// Brings the tables of a database to what this program needs.
public enum DatabaseSchema {
    private static let migrator = Migrator(
        SQLFile.all.filter { $0.name != "roles.sql" }.map {
            Migration(name: $0.name, sha256: Hex.text(SHA256.hash(data: Array($0.text.utf8))), text: $0.text)
        })

    /// Applies what is missing, as a role that may create roles and owns the tables. Several may try at once: one does
    /// it, the others wait.
    ///
    /// - Returns: The names of the migrations that were applied.
    public static func migrate(_ settings: ConnectionSettings, world: World, logger: Logger) throws -> [String] {
        let connection = try Connection(settings, logger: logger)
        // Two at once must not both find that a role is missing.
        _ = try connection.run(["select pg_advisory_lock(7420)"])
        for file in SQLFile.all where file.name == "roles.sql" { try connection.script(file.text) }
        _ = try connection.run(["select pg_advisory_unlock(7420)"])
        let applied = try migrator.apply(on: connection)
        _ = try connection.run(["insert into platform (world) values (\(world.rawValue)) on conflict do nothing"])
        return applied
    }

    /// What would have to be applied. Throws a `MigrationError` for a database that is newer than this program.
    public static func pending(on connection: Connection) throws -> [String] {
        try migrator.pending(on: connection)
    }

    /// What the database was made for.
    public static func world(_ settings: ConnectionSettings, logger: Logger) throws -> World? {
        let rows = try Connection(settings, logger: logger).run(["select world from platform"])[0]
        return try rows.first.flatMap { World(rawValue: try $0[0]) }
    }
}

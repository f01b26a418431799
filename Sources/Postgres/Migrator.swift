/// One step of the schema's way. Once it was applied anywhere, its text must not change.
public struct Migration: Sendable {
    /// Unique, such as the file's name.
    public var name: String
    /// SHA-256 of the text, as 64 hexadecimal digits in lower case; made by the caller.
    public var sha256: String
    /// The statements. They run in one transaction, which they must not end.
    public var text: String

    public init(name: String, sha256: String, text: String) {
        (self.name, self.sha256, self.text) = (name, sha256, text)
    }
}

/// Why a database can't be brought to the schema of this program.
public enum MigrationError: Error, Sendable {
    /// The text of a migration that was applied isn't the one that is known here.
    case changed(name: String)
    /// The database has migrations that this program does not know: it belongs to a newer one.
    case unknown(names: [String])
    /// A migration stands before one that was applied already.
    case outOfOrder(name: String)
    /// A migration failed and was undone.
    case failed(name: String, PostgresError)
    /// A migration ended the transaction that it ran in.
    case endedTransaction(name: String)
}

/// Brings a database forward, migration by migration, each in a transaction of its own.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// With all migrations there are, in their order.
    public init(_ migrations: [Migration]) { self.migrations = migrations }

    /// Applies what is missing and gives the names. Of several programs that try at once, one does it, while the
    /// others wait. Throws ``MigrationError`` or ``PostgresError``; what was applied before that stays.
    @discardableResult
    public func apply(on connection: Connection) throws -> [String] {
        // "ksbd mig" in ASCII: any number that nobody else takes.
        let lock = 0x6B73_6264_206D_6967
        // A migration, and the wait for another program's, takes as long as it takes.
        try connection.run([
            "set statement_timeout = 0", "set lock_timeout = 0", "select pg_advisory_lock(\(lock))",
        ])
        defer {
            _ = try? connection.run([
                "select pg_advisory_unlock(\(lock))", "reset statement_timeout", "reset lock_timeout",
            ])
        }
        try connection.run([
            """
            create table if not exists schema_migration (
                name text primary key,
                sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
                applied_at timestamptz not null default now()
            )
            """
        ])
        let missing = try missing(on: connection)
        for migration in missing { try apply(migration, on: connection) }
        return missing.map(\.name)
    }

    /// The names of the migrations that are missing, in order; nothing is changed. Throws as ``apply(on:)`` does.
    public func pending(on connection: Connection) throws -> [String] {
        let exists: Bool = try connection.run(["select to_regclass('schema_migration') is not null"])[0][0][0]
        return exists ? try missing(on: connection).map(\.name) : migrations.map(\.name)
    }

    private func missing(on connection: Connection) throws -> [Migration] {
        var applied: [String: String] = [:]
        for row in try connection.run(["select name, sha256 from schema_migration"])[0] {
            applied[try row[0]] = try row[1]
        }
        let unknown = Set(applied.keys).subtracting(migrations.map(\.name))
        if !unknown.isEmpty { throw MigrationError.unknown(names: unknown.sorted()) }
        var missing: [Migration] = []
        for migration in migrations {
            guard let sha256 = applied[migration.name] else {
                missing.append(migration)
                continue
            }
            if sha256 != migration.sha256 { throw MigrationError.changed(name: migration.name) }
            if let before = missing.first { throw MigrationError.outOfOrder(name: before.name) }
        }
        return missing
    }

    private func apply(_ migration: Migration, on connection: Connection) throws {
        do throws(PostgresError) {
            try connection.run(["begin"])
            try connection.script(migration.text)
            guard connection.isInTransaction else { throw PostgresError(sqlState: "25P01", message: "") }
            try connection.run([
                "insert into schema_migration (name, sha256) values (\(migration.name), \(migration.sha256))", "commit",
            ])
        } catch {
            if connection.isUsable, connection.isInTransaction { try connection.run(["rollback"]) }
            throw error.sqlState == "25P01"
                ? MigrationError.endedTransaction(name: migration.name)
                : MigrationError.failed(name: migration.name, error)
        }
    }
}

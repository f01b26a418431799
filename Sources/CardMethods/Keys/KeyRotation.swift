import CardRules
import Postgres

/// Brings in a new master key while daemons serve, and takes an old one out. Each step may be done again: what was
/// stopped half-way goes on where it was.
public struct KeyRotation: Sendable {
    private let services: Services

    /// - Parameter services: With the keys of the file, the new one among them.
    public init(_ services: Services) { self.services = services }

    /// What one key is still needed for.
    public struct Use: Sendable {
        public let name: UInt8
        public let writes: Bool
        /// Columns, and how many of their values it made; none of 0.
        public let counts: [(column: String, count: Int)]
    }

    /// Tells the database which keys the file has, and takes from it which of them writes.
    ///
    /// - Throws: ``MasterKeyMissing`` if values were made with a key that the file does not have.
    public func introduce() async throws {
        let (keys, now) = (services.keys, services.clock.realNow)
        try await services.asPlatform { transaction in
            try KnownKey.tell(keys.names.sorted(), keys, at: now, transaction)
            try keys.adopt(try KnownKey.all(transaction))
        }
    }

    /// The hosts of daemons that do not know a key yet: nothing may be written with it before they do.
    public func hostsWithout(_ name: UInt8) async throws -> [String] {
        let since = services.clock.realNow - .seconds(KeyWatch.patience)
        return try await services.asPlatform { transaction in
            try transaction.query(
                """
                select distinct host from daemon
                where seen_at > \(since) and not \(Int(name))::smallint = any (key_names) order by 1
                """
            ).map { try $0[0] }
        }
    }

    /// From now on new values are made with this key: once all who write an INSZ under the old one are done.
    public func write(with name: UInt8) async throws {
        let keys = services.keys
        try await services.asPlatform { transaction in
            _ = try transaction.run([
                KeyLock.exclusive, "update master_key set writes = false where writes and name <> \(Int(name))",
                "update master_key set writes = true where name = \(Int(name))",
            ])
            try keys.adopt(try KnownKey.all(transaction))
        }
    }

    /// Makes all values anew that can be, under the key that writes.
    ///
    /// - Parameters:
    ///   - batch: How many rows in one transaction.
    ///   - progress: Is told how many are done.
    public func rewrite(batch: Int = 500, progress: (_ done: Int) async throws -> Void) async throws {
        let keys = services.keys
        let name = keys.writing
        var done = 0
        for column in KeyedColumn.all {
            guard let rewrite = column.rewrite else { continue }
            while true {
                let count = try await services.asPlatform { try rewrite(name, batch, keys, $0) }
                if count == 0 { break }
                done += count
                try await progress(done)
            }
        }
    }

    /// All keys that the database knows, and what for.
    public func uses() async throws -> [Use] {
        try await services.asPlatform { transaction in
            let counts = try KeyedColumn.all.map { ("\($0.table).\($0.column)", try $0.count(transaction)) }
            return try KnownKey.all(transaction).map { key in
                Use(
                    name: key.name, writes: key.writes,
                    counts: counts.compactMap { column, counts in counts[key.name].map { (column, $0) } })
            }
        }
    }

    /// Why a key cannot be taken out; `nil` once nothing needs it, and then the database has forgotten it.
    public func retire(_ name: UInt8) async throws -> Use? {
        if let use = try await uses().first(where: { $0.name == name }), use.writes || !use.counts.isEmpty {
            return use
        }
        try await services.asPlatform { transaction in
            _ = try transaction.execute("delete from master_key where name = \(Int(name)) and not writes")
        }
        return nil
    }
}

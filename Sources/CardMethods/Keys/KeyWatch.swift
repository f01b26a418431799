import CardRules
import Postgres
import Synchronization

/// Keeps a daemon's keys to what the database says: which there are, and which of them writes. And tells the others
/// which this daemon knows, so that none is written with before all can read it. By real time.
public final class KeyWatch: Sendable {
    private let services: Services
    private let host: String
    private let id: ID<Never>
    private let told: Mutex<(names: Set<UInt8>, at: Instant)?> = Mutex(nil)

    /// How often a daemon says that it is there, in seconds; one that has not for a while is not waited for.
    private static let interval = 5
    static let patience = 30
    /// A daemon starts, and ends, without its database too.
    private static let deadline = Duration.seconds(2)

    public init(_ services: Services, host: String) {
        (self.services, self.host) = (services, host)
        id = ID(at: services.clock.realNow)
    }

    /// Looks once. The first daemon of a database tells it which key there is.
    ///
    /// - Throws: ``MasterKeyMissing``
    public func look() async throws {
        let (keys, now) = (services.keys, services.clock.realNow)
        try await services.asPlatform(deadline: Self.deadline) { transaction in
            var known = try KnownKey.all(transaction)
            if known.isEmpty {
                try KnownKey.tell([keys.writing], keys, at: now, transaction)
                known = try KnownKey.all(transaction)
            }
            try keys.adopt(known)
        }
        let names = keys.names
        let isTold = told.withLock { told in
            told.map { $0.names == names && now < $0.at + .seconds(Self.interval) } ?? false
        }
        if isTold { return }
        try await tell(names, at: now)
        told.withLock { $0 = (names, now) }
    }

    private func tell(_ names: Set<UInt8>, at now: Instant) async throws {
        try await services.asPlatform(deadline: Self.deadline) { [id, host] transaction in
            _ = try transaction.run([
                """
                insert into daemon (id, host, key_names, seen_at)
                values (\(id), \(host), \(names.sorted().map(Int.init)), \(now))
                on conflict (id) do update set key_names = excluded.key_names, seen_at = excluded.seen_at
                """,
                "delete from daemon where seen_at < \(now - .days(1))",
            ])
        }
    }

    /// The daemon goes: nobody has to wait for it.
    public func leave() async throws {
        try await services.asPlatform(deadline: Self.deadline) { [id] transaction in
            _ = try transaction.execute("delete from daemon where id = \(id)")
        }
    }
}

extension KnownKey {
    static func all(_ transaction: Transaction) throws -> [KnownKey] {
        try transaction.query(select).map(KnownKey.init)
    }

    /// Tells the database of keys that it does not know. The oldest of all writes until another is told to.
    static func tell(_ names: [UInt8], _ keys: Keys, at realNow: Instant, _ transaction: Transaction) throws {
        _ = try transaction.run(
            names.sorted().map { name in
                """
                insert into master_key (name, check_value, writes, added_at)
                values (\(Int(name)), \(try keys.checkValue(of: name)), false, \(realNow)) on conflict (name) do nothing
                """
            } + [
                """
                update master_key set writes = true where name = (select min(name) from master_key)
                    and not exists (select from master_key where writes)
                """
            ])
    }
}

extension Services {
    /// A transaction for what concerns all card systems and no caller.
    func asPlatform<Value: Sendable>(
        deadline: Duration = .seconds(60), _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await database.transaction(
            opening: ["select set_config('role', 'ksbd_platform', true)"], deadline: deadline, body)
    }
}

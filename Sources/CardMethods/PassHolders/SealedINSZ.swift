import CardRules
import Postgres

/// How an INSZ is kept: sealed for those who may read it, indexed to find its holder by it, masked to be shown.
struct SealedINSZ {
    let sealed: [UInt8]
    let index: [UInt8]
    let masked: String

    /// Bound to its holder: in another's row it cannot be opened.
    init(_ insz: INSZ, of holder: PassHolderID, under key: UInt8, _ keys: Keys) throws {
        sealed = try keys.sealed(Array(insz.digits.utf8), place: Self.place(of: holder), under: key)
        index = try keys.blindIndex("insz \(insz.digits)", under: key)
        masked = insz.masked
    }

    fileprivate static func place(of holder: PassHolderID) -> String { "pass_holder.insz_sealed \(holder.text)" }
}

extension Keys {
    /// What may stand for an INSZ in an audit row.
    func auditDigest(of insz: INSZ) -> String { auditDigest("insz \(insz.digits)") }

    func openedINSZ(_ sealed: [UInt8], of holder: PassHolderID) throws -> INSZ {
        try INSZ(checking: String(decoding: try opened(sealed, place: SealedINSZ.place(of: holder)), as: UTF8.self))
    }

    /// What a holder may be found by, under whatever key the row was written.
    func indexes(of insz: INSZ) -> [[UInt8]] { blindIndexes("insz \(insz.digits)") }
}

extension Call {
    /// Who has an INSZ, among the people that can be seen now.
    ///
    /// The keys are asked for after the row: a row that is written with a key is found by it, or the key is heard of.
    func holder(of insz: INSZ) throws -> PassHolderID? {
        for _ in 1...2 {
            let indexes = services.keys.indexes(of: insz)
            let rows = try transaction.run([
                "select id from pass_holder where insz_index = any (\(indexes))", KnownKey.select,
            ])
            if let row = rows[0].first { return try row[0] }
            let known = try rows[1].map(KnownKey.init)
            if known.allSatisfy({ services.keys.names.contains($0.name) }) { return nil }
            try services.keys.adopt(known)
        }
        return nil
    }

    /// Who has an INSZ that is about to be written, in whatever card system. Until the transaction ends the key that
    /// writes stays the same: so two who write the same number meet in its index.
    func holder(beforeWriting insz: INSZ) throws -> PassHolderID? {
        _ = try writingKey()
        return try acrossCardSystems { try holder(of: insz) }
    }

    /// An INSZ as it is written; ask `holder(beforeWriting:)` first.
    func sealed(_ insz: INSZ, of holder: PassHolderID) throws -> SealedINSZ {
        try SealedINSZ(insz, of: holder, under: try writingKey(), services.keys)
    }

    /// The key that writes, held against a change of it.
    private func writingKey() throws -> UInt8 {
        let rows = try transaction.run([KeyLock.shared, KnownKey.select])
        try services.keys.adopt(try rows[1].map(KnownKey.init))
        return services.keys.writing
    }
}

/// What keeps the key that writes from changing while indexes are written.
enum KeyLock {
    private static let number = 7_420_001

    static var shared: SQL { "select pg_advisory_xact_lock_shared(\(number))" }
    static var exclusive: SQL { "select pg_advisory_xact_lock(\(number))" }
}

import CardRules
import Postgres

/// A column whose values begin with the name of the master key that they are made with.
struct KeyedColumn: Sendable {
    let table: SQL
    let column: SQL
    /// The rows in which it is such a value.
    var condition: SQL = "true"
    /// Brings up to so many of its values that were made with other keys under this one; `nil` for what cannot be made
    /// anew, and ends by time.
    let rewrite: (@Sendable (_ key: UInt8, _ limit: Int, _ keys: Keys, _ transaction: Transaction) throws -> Int)?

    /// All there are. What is hashed without a key, such as tokens, is none of them; nor are digests in the audit
    /// trail, which nobody reads back.
    static let all: [KeyedColumn] = [
        KeyedColumn(table: "pass_holder", column: "insz_sealed", rewrite: KeyRewrites.insz),
        KeyedColumn(table: "pass_holder", column: "insz_index", rewrite: KeyRewrites.insz),
        KeyedColumn(
            table: "idempotency", column: "reply", condition: "is_sealed and reply <> ''",
            rewrite: KeyRewrites.replies),
        // What was uploaded for a job, erased seven days after.
        KeyedColumn(table: "job", column: "fixed_sealed", rewrite: nil),
        KeyedColumn(table: "job_part", column: "sealed", rewrite: nil),
        // A hash of parameters that are not kept: it goes with its row, after thirty days.
        KeyedColumn(table: "idempotency", column: "params_hash", rewrite: nil),
        // Who was ordered for, until the order is paid or lapses.
        KeyedColumn(table: "registration_order_person", column: "person_sealed", rewrite: nil),
        // A code is shown once, so its key lives as long as the voucher.
        KeyedColumn(table: "pass_voucher", column: "code_index", rewrite: nil),
    ]

    /// How many values each key made.
    func count(_ transaction: Transaction) throws -> [UInt8: Int] {
        let rows = try transaction.query(
            """
            select get_byte(\(fragment: column), 0), count(*) from \(fragment: table)
            where \(fragment: column) is not null and \(fragment: condition) group by 1
            """)
        return Dictionary(
            uniqueKeysWithValues: try rows.map { (UInt8(truncatingIfNeeded: try $0[0] as Int), try $0[1] as Int) })
    }
}

/// How values are brought under another key, some rows at a time. Who reads a row meanwhile finds it whole, under the
/// one key or the other.
enum KeyRewrites {
    @Sendable static func insz(_ key: UInt8, _ limit: Int, _ keys: Keys, _ transaction: Transaction) throws -> Int {
        let rows = try transaction.query(
            """
            select id, insz_sealed from pass_holder
            where insz_sealed is not null
                and (get_byte(insz_sealed, 0) <> \(Int(key)) or get_byte(insz_index, 0) <> \(Int(key)))
            order by id limit \(limit) for update
            """
        ).map { row in (id: try row[0] as PassHolderID, sealed: try row[1] as [UInt8]) }
        let new = try rows.map { row in
            try SealedINSZ(keys.openedINSZ(row.sealed, of: row.id), of: row.id, under: key, keys)
        }
        try transaction.execute(
            """
            update pass_holder h set insz_sealed = item.sealed, insz_index = item.index
            from unnest(\(rows.map(\.id)), \(new.map(\.sealed)), \(new.map(\.index))) as item (id, sealed, index)
            where h.id = item.id
            """)
        return rows.count
    }

    @Sendable static func replies(_ key: UInt8, _ limit: Int, _ keys: Keys, _ transaction: Transaction) throws -> Int {
        let rows = try transaction.query(
            """
            select card_system_id, principal_id, key, reply from idempotency
            where is_sealed and reply <> '' and get_byte(reply, 0) <> \(Int(key)) limit \(limit) for update
            """
        ).map { row in
            (
                place: IdempotencyKey(cardSystem: try row[0], principal: try row[1], key: try row[2]),
                reply: try row[3] as [UInt8]
            )
        }
        let new = try rows.map { row in
            try keys.sealed(try keys.opened(row.reply, place: row.place.place), place: row.place.place, under: key)
        }
        try transaction.execute(
            """
            update idempotency i set reply = item.reply
            from unnest(\(rows.map(\.place.cardSystem)), \(rows.map(\.place.principal)), \(rows.map(\.place.key)),
                \(new)) as item (card_system_id, principal_id, key, reply)
            where i.card_system_id = item.card_system_id and i.principal_id = item.principal_id and i.key = item.key
            """)
        return rows.count
    }
}

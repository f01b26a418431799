import CardRules
import JSONRPC
import Postgres

/// A list that is read page by page, each beginning where the one before ended.
struct Listing {
    /// What is selected, such as `c.id, c.name`.
    let columns: SQL
    /// Where from, such as `counter c`.
    let tables: SQL
    /// Rows for which all of these hold.
    var conditions: [SQL] = []
    /// What the rows are ordered by; `nil` orders by id alone.
    var key: SQL?
    var keyType = KeyType.text
    /// Unique among the rows, or among those of one key.
    let id: SQL
    var isDescending = false

    /// The type of the key, which a cursor holds as text.
    enum KeyType {
        case text, date, instant
    }

    func page<Item: ResultValue>(
        _ request: PageRequest, _ transaction: Transaction, _ item: (Row) throws -> Item
    ) throws -> Page<Item> {
        var conditions = conditions + ["true"]
        let matching = SQL.joined(conditions, separator: " and ")
        let total: Int? =
            request.withTotal
            ? try transaction.query("select count(*) from \(fragment: tables) where \(fragment: matching)")[0][0] : nil
        if let after = request.after { conditions.append(try follows(after)) }
        let rows = try transaction.query(
            """
            select \(fragment: columns), \(fragment: key ?? "''") as sort_key, \(fragment: id) as sort_id
            from \(fragment: tables) where \(fragment: SQL.joined(conditions, separator: " and "))
            order by \(fragment: order) limit \(request.limit + 1)
            """)
        let items = try rows.prefix(request.limit).map(item)
        guard rows.count > request.limit else { return Page(items: items, nextCursor: nil, total: total) }
        let last = rows[request.limit - 1]
        let cursor = PageCursor(key: try keyType.text(last), id: try last["sort_id"] as ID<Never>)
        return Page(items: items, nextCursor: cursor, total: total)
    }

    private func follows(_ cursor: PageCursor) throws -> SQL {
        guard let key else {
            return isDescending ? "\(fragment: id) < \(cursor.id)" : "\(fragment: id) > \(cursor.id)"
        }
        let place = try keyType.value(cursor.key)
        return isDescending
            ? "(\(fragment: key), \(fragment: id)) < (\(fragment: place), \(cursor.id))"
            : "(\(fragment: key), \(fragment: id)) > (\(fragment: place), \(cursor.id))"
    }

    private var order: SQL {
        switch (key == nil, isDescending) {
        case (true, false): "sort_id"
        case (true, true): "sort_id desc"
        case (false, false): "sort_key, sort_id"
        case (false, true): "sort_key desc, sort_id desc"
        }
    }
}

extension Listing.KeyType {
    fileprivate func text(_ row: Row) throws -> String {
        switch self {
        case .text: try row["sort_key"]
        case .date: (try row["sort_key"] as CivilDate).text
        case .instant: String((try row["sort_key"] as Instant).microseconds)
        }
    }

    /// What a cursor holds, as a parameter; refuses the cursor of a list that was ordered otherwise.
    fileprivate func value(_ text: String) throws -> SQL {
        switch self {
        case .text: return "\(text)"
        case .date: if let date = CivilDate(text: text) { return "\(date)" }
        case .instant: if let count = Int64(text) { return "\(Instant(microseconds: count))" }
        }
        throw InvalidParameters(problems: [Problem(pointer: "/cursor", reason: "must be the nextCursor of a page")])
    }
}

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
    /// What the rows are ordered by, as text; `nil` orders by id alone.
    var key: SQL?
    /// Unique among the rows, or among those of one key.
    let id: SQL
    var isDescending = false

    func page<Item: ResultValue>(
        _ request: PageRequest, _ transaction: Transaction, _ item: (Row) throws -> Item
    ) throws -> Page<Item> {
        var conditions = conditions + ["true"]
        let matching = SQL.joined(conditions, separator: " and ")
        let total: Int? =
            request.withTotal
            ? try transaction.query("select count(*) from \(fragment: tables) where \(fragment: matching)")[0][0] : nil
        if let after = request.after { conditions.append(follows(after)) }
        let rows = try transaction.query(
            """
            select \(fragment: columns), \(fragment: key ?? "''") as sort_key, \(fragment: id) as sort_id
            from \(fragment: tables) where \(fragment: SQL.joined(conditions, separator: " and "))
            order by \(fragment: order) limit \(request.limit + 1)
            """)
        let items = try rows.prefix(request.limit).map(item)
        guard rows.count > request.limit else { return Page(items: items, nextCursor: nil, total: total) }
        let last = rows[request.limit - 1]
        let cursor = PageCursor(key: try last["sort_key"], id: try last["sort_id"] as ID<Never>)
        return Page(items: items, nextCursor: cursor, total: total)
    }

    private func follows(_ cursor: PageCursor) -> SQL {
        guard let key else {
            return isDescending ? "\(fragment: id) < \(cursor.id)" : "\(fragment: id) > \(cursor.id)"
        }
        return isDescending
            ? "(\(fragment: key), \(fragment: id)) < (\(cursor.key), \(cursor.id))"
            : "(\(fragment: key), \(fragment: id)) > (\(cursor.key), \(cursor.id))"
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

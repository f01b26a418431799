import CardRules
import JSONRPC
import Postgres

/// A page of advantages, and how many there are of each kind.
struct AdvantagePage: ResultRecord {
    let items: [AdvantageRecord]
    let nextCursor: PageCursor?
    let total: Int?
    let facets: [AdvantageFacet]?

    static let fields: [ResultField<AdvantagePage>] = [
        .init("items", "The advantages of this page.") { $0.items },
        .init("nextCursor", "Give it as `cursor` for the next page; absent on the last one.") { $0.nextCursor },
        .init("total", "All matches, if `withTotal` was asked.") { $0.total },
        .init("facets", "Counts over all filters but each one's own, if `withFacets` was asked.") { $0.facets },
    ]
}

/// A list of advantages. The transaction must work as the platform: what may be seen stands in the conditions.
struct AdvantageListing {
    let conditions: [SQL]
    let order: AdvantageOrder
    let page: PageRequest
    let today: CivilDate

    /// What a row of the page is, with the row that its cursor is made of.
    typealias Items<Item> = (items: [Item], nextCursor: PageCursor?)

    /// A page of those that `make` makes something of: it is given some rows at once, and leaves out what does not
    /// fit.
    func items<Item>(
        in transaction: Transaction, _ make: ([Row]) throws -> [Item?]
    ) throws -> Items<Item> {
        var items: [Item] = []
        var (place, last): (PageCursor?, PageCursor?) = (page.after, nil)
        while true {
            let rows = try self.rows(after: place, count: page.limit + 1, in: transaction)
            for (row, item) in zip(rows, try make(rows)) {
                guard let item else { continue }
                if items.count == page.limit { return (items, last) }
                items.append(item)
                last = try order.cursor(row)
            }
            guard rows.count > page.limit, let end = rows.last else { return (items, nil) }
            place = try order.cursor(end)
        }
    }

    private func rows(after place: PageCursor?, count: Int, in transaction: Transaction) throws -> [Row] {
        let follows = try place.map { [try order.follows($0)] } ?? []
        return Array(
            try transaction.query(
                """
                select \(fragment: AdvantageRecord.columns) from advantage a
                where \(fragment: .joined(["a.status <> 'deleted'"] + conditions + follows, separator: " and "))
                order by \(fragment: order.sql) limit \(count)
                """))
    }

    func total(in transaction: Transaction) throws -> Int? {
        guard page.withTotal else { return nil }
        return try transaction.query(
            """
            select count(*) from advantage a
            where \(fragment: .joined(["a.status <> 'deleted'"] + conditions, separator: " and "))
            """)[0][0]
    }
}

import CardRules
import JSONRPC
import Postgres

/// Which page of a list is asked for: every list takes these (GEN-04).
struct PageRequest: Sendable {
    /// 1–500.
    let limit: Int
    /// Where the page before ended; `nil` for the first.
    let after: PageCursor?
    /// Whether to count all matches.
    let withTotal: Bool

    init(from reader: inout ParameterReader) {
        let limit: PageLimit = reader.optional(
            "limit", default: PageLimit(count: 20), "How many at most, 20 if absent.")
        self.limit = limit.count
        after = reader.optional("cursor", "The `nextCursor` of the page before.")
        withTotal = reader.optional("withTotal", default: false, "Whether to count all matches.")
    }

    /// The first page of a list as it stands within another answer.
    static let first = PageRequest(limit: 20)

    private init(limit: Int) { (self.limit, after, withTotal) = (limit, nil, false) }

    /// A page of rows that were selected with `limit + 1`, so that it is known whether another follows.
    func page<Item: ResultValue>(
        _ items: [Item], total: Int?, cursor: (Item) -> PageCursor
    ) -> Page<Item> {
        let shown = Array(items.prefix(limit))
        return Page(items: shown, nextCursor: items.count > limit ? shown.last.map(cursor) : nil, total: total)
    }
}

/// The number of rows of a page.
struct PageLimit: ParameterValue {
    let count: Int

    static var schema: Schema { .integer(1...500) }
    static var placeholder: PageLimit { PageLimit(count: 20) }

    init(count: Int) { self.count = count }

    init(parameter: JSON) throws(Unfit) {
        guard let count = parameter.integer, (1...500).contains(count) else {
            throw Unfit("must be an integer from 1 to 500")
        }
        self.count = Int(count)
    }
}

/// The place in a stable order after which a page begins: a sort key and an id. Clients hand it back as they got it.
struct PageCursor: ParameterValue, ResultValue, Hashable {
    /// Empty for lists that are ordered by id alone.
    let key: String
    let id: ID<Never>

    static var schema: Schema { .string(format: "cursor", pattern: nil, lengths: 36...1036) }
    static var placeholder: PageCursor { PageCursor(key: "", id: ID<Never>.nil) }

    init<Kind>(key: String = "", id: ID<Kind>) { (self.key, self.id) = (key, ID(high: id.high, low: id.low)) }

    init(parameter: JSON) throws(Unfit) {
        guard let text = parameter.string, let id = ID<Never>(text: String(text.prefix(36))) else {
            throw Unfit("must be the nextCursor of a page")
        }
        self.init(key: String(text.dropFirst(36)), id: id)
    }

    func write(to writer: inout JSONWriter) { writer.string(id.text + key) }
}

/// One page of a list.
struct Page<Item: ResultValue>: ResultRecord {
    let items: [Item]
    /// Absent on the last page.
    let nextCursor: PageCursor?
    /// All matches, if they were asked to be counted.
    let total: Int?

    static var fields: [ResultField<Page>] {
        [
            .init("items", "The rows of this page.") { $0.items },
            .init("nextCursor", "Give it as `cursor` for the next page; absent on the last one.") { $0.nextCursor },
            .init("total", "All matches, if `withTotal` was asked.") { $0.total },
        ]
    }
}

import CardRules
import JSONRPC
import Postgres

/// One of the things that advantages are ordered by, such as `-points` (ADV-18).
struct AdvantageSort: ParameterValue, Hashable {
    enum Key: String, CaseIterable {
        case title, points, publishedFrom, exchangeUntil, createdAt
    }

    let key: Key
    let isDescending: Bool

    static var schema: Schema { .words(Key.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }) }
    static var placeholder: AdvantageSort { AdvantageSort(.title) }

    init(_ key: Key, isDescending: Bool = false) { (self.key, self.isDescending) = (key, isDescending) }

    init(parameter: JSON) throws(Unfit) {
        let text = parameter.string ?? ""
        guard let key = Key(rawValue: text.hasPrefix("-") ? String(text.dropFirst()) : text) else {
            throw Unfit("must be one of \(Key.allCases.map(\.rawValue).joined(separator: ", ")), or one with - before")
        }
        self.init(key, isDescending: text.hasPrefix("-"))
    }

    var column: SQL {
        switch key {
        case .title: "a.title_key"
        case .points: "a.points"
        case .publishedFrom: "a.published_from"
        case .exchangeUntil: "coalesce(a.exchange_until, 'infinity'::date)"
        case .createdAt: "a.entered_at"
        }
    }

    /// What a cursor holds of it.
    func text(_ row: Row) throws -> String {
        switch key {
        case .title: try row["title_key"]
        case .points: String(try row["points"] as Int)
        case .publishedFrom: try (row["published_from"] as CivilDate).text
        case .exchangeUntil: try (row["exchange_until"] as CivilDate?)?.text ?? ""
        case .createdAt: String(try (row["entered_at"] as Instant).microseconds)
        }
    }

    /// What a cursor holds, as a value of the column; `nil` for a cursor of another list.
    func value(_ text: String) -> SQL? {
        switch key {
        case .title: return "\(text)"
        case .points: return Int(text).map { "\($0)" as SQL }
        case .publishedFrom: return CivilDate(text: text).map { "\($0)" as SQL }
        case .exchangeUntil: return text.isEmpty ? "'infinity'::date" : CivilDate(text: text).map { "\($0)" as SQL }
        case .createdAt: return Int64(text).map { "\(Instant(microseconds: $0))" as SQL }
        }
    }
}

/// Advantages in an order, page after page.
struct AdvantageOrder {
    let sort: [AdvantageSort]

    /// Between the values of a cursor: none of them holds it.
    private static let separator: Character = "\u{1F}"

    var sql: SQL {
        let keys = sort.map { sort -> SQL in
            sort.isDescending ? "\(fragment: sort.column) desc" : "\(fragment: sort.column)"
        }
        return .joined(keys + ["a.id"], separator: ", ")
    }

    func cursor(_ row: Row) throws -> PageCursor {
        let key = try sort.map { try $0.text(row) }.joined(separator: String(Self.separator))
        return PageCursor(key: key, id: try row["id"] as AdvantageID)
    }

    /// What comes after a cursor. The first condition is for the index.
    func follows(_ cursor: PageCursor) throws -> SQL {
        let texts = cursor.key.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
        let values = zip(sort, texts).compactMap { $0.value($1) }
        guard values.count == sort.count, texts.count == sort.count else {
            throw InvalidParameters(problems: [Problem(pointer: "/cursor", reason: "must be the nextCursor of a page")])
        }
        var equal: [SQL] = []
        var cases: [SQL] = []
        for (sort, value) in zip(sort, values) {
            let further: SQL = sort.isDescending ? "<" : ">"
            let step: SQL = "\(fragment: sort.column) \(fragment: further) \(fragment: value)"
            cases.append(.joined(equal + [step], separator: " and "))
            equal.append("\(fragment: sort.column) = \(fragment: value)")
        }
        cases.append(.joined(equal + ["a.id > \(cursor.id)"], separator: " and "))
        let (first, value) = (sort[0], values[0])
        let reached: SQL = first.isDescending ? "<=" : ">="
        return """
            \(fragment: first.column) \(fragment: reached) \(fragment: value)
                and (\(fragment: .joined(cases, separator: " or ")))
            """
    }
}

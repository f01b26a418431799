import CardRules
import JSONRPC
import Postgres

/// How many advantages there are of each kind: each facet respects all filters but its own (ADV-18).
struct AdvantageFacet: ResultRecord {
    enum Name: String, WordParameter {
        case type, category, cardSystem, municipality, forKids, sport, featured, online
    }

    struct Value: ResultRecord {
        let value: String
        let count: Int

        static let fields: [ResultField<Value>] = [
            .init("value", "What the filter would be given.") { $0.value },
            .init("count", "How many there are.") { $0.count },
        ]
    }

    let name: Name
    let values: [Value]

    static let fields: [ResultField<AdvantageFacet>] = [
        .init("facet", "What is counted.") { $0.name },
        .init("values", "Those that there are, in the order of their names.") { $0.values },
    ]

    /// Counts all facets.
    ///
    /// - Parameters:
    ///   - search: Whose filters hold.
    ///   - others: What holds besides.
    static func all(_ search: AdvantageSearch, where others: [SQL], in transaction: Transaction) throws
        -> [AdvantageFacet]
    {
        let statements = Name.allCases.map { name -> SQL in
            let conditions = search.conditions.filter { $0.facet != name }.map(\.condition) + others
            return name.counts(where: .joined(conditions, separator: " and "))
        }
        return try zip(Name.allCases, transaction.run(statements)).map { name, rows in
            AdvantageFacet(name: name, values: try rows.map { Value(value: try $0[0], count: try $0[1]) })
        }
    }
}

extension AdvantageFacet.Name {
    fileprivate func counts(where condition: SQL) -> SQL {
        let value: SQL
        switch self {
        case .type: value = "a.type"
        case .municipality: value = "a.municipality_id::text"
        case .forKids: value = "a.is_for_kids::text"
        case .sport: value = "a.is_sport::text"
        case .featured: value = "a.is_featured::text"
        case .online: value = "a.is_online::text"
        case .category:
            return """
                select c.name, count(*) from advantage a cross join lateral unnest(a.categories) as c (name)
                where \(fragment: condition) group by 1 order by 1
                """
        case .cardSystem:
            // One for all card systems counts in each of them, and is counted once.
            return """
                with one as (
                    select a.all_card_systems, a.card_system_ids from advantage a where \(fragment: condition)
                ), named as (
                    select id, count(*) as count from one cross join lateral unnest(one.card_system_ids) as id
                    group by 1
                ), every as (select count(*) as count from one where one.all_card_systems)
                select s.id::text, coalesce(named.count, 0) + every.count
                from card_system s cross join every left join named on named.id = s.id
                where coalesce(named.count, 0) + every.count > 0 order by 1
                """
        }
        return """
            select v.value, count(*) from advantage a cross join lateral (select \(fragment: value) as value) as v
            where \(fragment: condition) and v.value is not null group by 1 order by 1
            """
    }
}

import CardRules
import JSONRPC
import Postgres

enum AdvantageListPublished: Method {
    static let declaration = Declaration(
        "advantage.listPublished", .reads, by: [.everyone],
        "Lists the advantages that are shown to the public, of all permanent card systems (ADV-17, ADV-18).")

    struct Params: Parameters {
        let isFuture: Bool
        let search: AdvantageSearch

        init(from reader: inout ParameterReader) {
            isFuture = reader.optional(
                "future", default: false, "Those that are to be taken later, instead of now.")
            search = AdvantageSearch(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantagePage {
        let today = Brussels.date(call.now)
        let subset = subset(params).condition(on: today)
        return try call.asPlatform {
            let page = try call.advantages(params.search, where: [subset])
            return AdvantagePage(
                items: page.items.map(\.forOthers), nextCursor: page.nextCursor, total: page.total,
                facets: page.facets)
        }
    }

    private static func subset(_ params: Params) -> AdvantageSubset {
        params.isFuture ? .publishedFuture : .published
    }
}

extension Call {
    /// A page of what is searched for. The transaction must work as the platform.
    func advantages(_ search: AdvantageSearch, where others: [SQL]) throws -> AdvantagePage {
        let today = Brussels.date(now)
        let listing = AdvantageListing(
            conditions: search.conditions.map(\.condition) + others, order: search.order, page: search.page,
            today: today)
        let (items, nextCursor) = try listing.items(in: transaction) { rows in
            try rows.map { try AdvantageRecord(row: $0, today: today) }
        }
        return AdvantagePage(
            items: items, nextCursor: nextCursor, total: try listing.total(in: transaction),
            facets: try facets(search, where: others))
    }

    /// The facets, if they were asked.
    func facets(_ search: AdvantageSearch, where others: [SQL]) throws -> [AdvantageFacet]? {
        guard search.withFacets else { return nil }
        return try AdvantageFacet.all(search, where: others + ["a.status <> 'deleted'"], in: transaction)
    }
}

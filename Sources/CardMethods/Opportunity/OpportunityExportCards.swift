import CardRules
import JSONRPC
import Postgres

enum OpportunityExportCards: Method {
    static let declaration = Declaration(
        "opportunity.exportCards", .reads, by: .staff(.opportunityExport),
        "Lists the cards of a card system that entitle to the opportunity tariff now, by number (MEM-13).",
        details: "A status in its grace counts. Keep the `asOf` of the first page: `opportunity.exportChanges` goes on "
            + "from there.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let page: ExportPage

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            page = ExportPage(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Export<ExportedCard> {
        let cards = try OpportunityCards(params.cardSystem, in: call)
        let rows = try call.transaction.query(cards.valid(after: params.page.after, limit: params.page.limit + 1))
        return params.page.export(try rows.map(ExportedCard.init), asOf: call.now) { $0.place }
    }
}

/// Which page of an export is asked for.
struct ExportPage: Sendable {
    let limit: Int
    let after: PageCursor?

    init(from reader: inout ParameterReader) {
        let limit: PageLimit = reader.optional(
            "limit", default: PageLimit(count: 500), "How many at most, 500 if absent.")
        self.limit = limit.count
        after = reader.optional("cursor", "The `nextCursor` of the page before.")
    }

    /// Of items of which one more than the limit was read.
    func export<Item: ResultValue>(_ items: [Item], asOf: Instant, place: (Item) -> PageCursor) -> Export<Item> {
        let shown = Array(items.prefix(limit))
        return Export(asOf: asOf, items: shown, nextCursor: items.count > limit ? shown.last.map(place) : nil)
    }
}

/// A page of an export, and the moment that it tells of.
struct Export<Item: ResultValue>: ResultRecord {
    let asOf: Instant
    let items: [Item]
    let nextCursor: PageCursor?

    static var fields: [ResultField<Export>] {
        [
            .init("asOf", "The moment that the page tells of.") { $0.asOf },
            .init("items", "The rows of this page.") { $0.items },
            .init("nextCursor", "Give it as `cursor` for the next page; absent on the last one.") { $0.nextCursor },
        ]
    }
}

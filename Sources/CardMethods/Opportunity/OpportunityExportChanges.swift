import CardRules
import JSONRPC
import Postgres

enum OpportunityExportChanges: Method {
    static let declaration = Declaration(
        "opportunity.exportChanges", .reads, by: .staff(.opportunityExport),
        "Tells what changed in the export of opportunity cards since a moment, by number (MEM-12, MEM-13).",
        details: "Whoever holds the export of that moment adds the cards that are valid and strikes those that are "
            + "not: then it is the export of `asOf`. Cards that changed shortly before may be told again. Of several "
            + "pages, keep the `asOf` of the first one as the next `since`.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let since: Instant
        let page: ExportPage

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            since = reader.required("since", "The `asOf` of an earlier answer, or any moment that has passed.")
            page = ExportPage(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Export<ExportedChange> {
        let cards = try OpportunityCards(params.cardSystem, in: call)
        if params.since > call.now {
            throw InvalidParameters(problems: [Problem(pointer: "/since", reason: "must not lie in the future")])
        }
        let rows = try call.transaction.query(
            cards.touched(since: params.since, after: params.page.after, limit: params.page.limit + 1))
        let items = try rows.map { ExportedChange(card: try ExportedCard(row: $0), isValid: try $0["is_valid"]) }
        return params.page.export(items, asOf: call.now) { $0.card.place }
    }
}

/// A card that began or ceased to entitle, or may have.
struct ExportedChange: ResultRecord {
    let card: ExportedCard
    let isValid: Bool

    static let fields: [ResultField<ExportedChange>] = [
        .init("cardNumber", "The 13 digits on it.") { $0.card.number },
        .init("passType", "A person's, or a group's.") { $0.card.type },
        .init("isValid", "Whether it entitles now.") { $0.isValid },
    ]
}

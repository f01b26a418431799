import CardRules
import JSONRPC
import Postgres

enum AssociationList: Method {
    static let declaration = Declaration(
        "association.list", .reads, by: .staff(.associationUse),
        "Lists associations by name: a counter those that it was given, administrators all (ASC-01).")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Of this card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AssociationRecord> {
        let listing = Listing(
            columns: "\(fragment: AssociationRecord.columns), \(fragment: call.associationRight)",
            tables: "association a",
            conditions: [call.readableAssociations]
                + (params.cardSystem.map { ["a.card_system_id = \($0)"] } ?? []),
            key: "lower(a.name)", id: "a.id")
        return try listing.page(params.page, call.transaction, AssociationRecord.init)
    }
}

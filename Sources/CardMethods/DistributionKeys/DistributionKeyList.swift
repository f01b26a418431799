import CardRules
import JSONRPC
import Postgres

enum DistributionKeyList: Method {
    static let declaration = Declaration(
        "distributionKey.list", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Lists the distribution keys of a card system by name, as of an instant.", refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let instant: Instant?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            instant = reader.optional("at", "As of when; now if absent.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<DistributionKeyRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.scope.isOperator || call.scope.cardSystems.contains(params.cardSystem))
        let list = Listing(
            columns: DistributionKeyRecord.columns, tables: "distribution_key k",
            conditions: ["k.card_system_id = \(params.cardSystem)"], key: "lower(k.name)", id: "k.id")
        let page = try list.page(params.page, call.transaction, DistributionKeyRecord.init(row:))
        return Page(
            items: try page.items.withTerms(at: params.instant ?? call.now, call.transaction),
            nextCursor: page.nextCursor, total: page.total)
    }
}

import CardRules
import JSONRPC
import Postgres

enum DistributionKeyCreate: Method {
    static let declaration = Declaration(
        "distributionKey.create", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes a distribution key: what holders pay of a regular price, for whom, and who pays the rest (R-130 to "
            + "R-133).",
        details: "The holder's price is rounded to the cent, half a cent up, and lies between 0 and the regular price "
            + "(R-135). The parts of the others add up to the rest exactly.",
        refusals: [
            .cardSystemNotFound, .distributionKeyNameTaken, .distributionKeyTermInPast, .municipalityNotFound,
        ])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let term: DistributionKeyTermParams

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What it is called; unique in the card system.")
            term = DistributionKeyTermParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> DistributionKeyRecord {
        try call.requireAdministered(params.cardSystem)
        try call.requireFree(keyName: params.name, for: nil, in: params.cardSystem)
        try call.reasons(against: params.term, in: params.cardSystem, existing: []).refuse()
        let id: DistributionKeyID = call.newID()
        call.audit.object(id)
        try call.transaction.execute(
            """
            insert into distribution_key (id, card_system_id, name)
            values (\(id), \(params.cardSystem), \(params.name))
            """)
        try call.add(params.term, to: id, of: params.cardSystem)
        return try [call.distributionKey(id)].withTerms(at: call.now, call.transaction)[0]
    }
}

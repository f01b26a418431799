import CardRules
import JSONRPC
import Postgres

enum DistributionKeyCreate: Method {
    static let declaration = Declaration(
        "distributionKey.create", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes a distribution key: how the regular price is shared. The three shares add up to 100.",
        refusals: [.cardSystemNotFound, .distributionKeyNameTaken])

    enum Percent: IntegerRange { static let range = 0...100 }

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let holder: Bounded<Percent>
        let organizer: Bounded<Percent>
        let government: Bounded<Percent>

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What it is called; unique in the card system.")
            holder = reader.required("holderPercent", "The pass holder's share.")
            organizer = reader.required("organizerPercent", "The organizer's share.")
            government = reader.required("governmentPercent", "The local government's share.")
            if reader.problems.isEmpty, holder.value + organizer.value + government.value != 100 {
                reader.refuse("governmentPercent", "must bring the three shares to 100 together")
            }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> DistributionKeyRecord {
        try call.requireAdministered(params.cardSystem)
        let known = try call.transaction.first(
            "select from distribution_key where card_system_id = \(params.cardSystem) and name = \(params.name)")
        if known != nil { throw Refusal(.distributionKeyNameTaken, at: "/name") }
        let id: ID<DistributionKeyKind> = call.newID()
        call.audit.object(id)
        let row = try call.transaction.query(
            """
            insert into distribution_key as k
                (id, card_system_id, name, holder_percent, organizer_percent, government_percent)
            values (\(id), \(params.cardSystem), \(params.name), \(params.holder.value), \(params.organizer.value),
                \(params.government.value))
            returning \(fragment: DistributionKeyRecord.columns)
            """)[0]
        return try DistributionKeyRecord(row: row)
    }
}

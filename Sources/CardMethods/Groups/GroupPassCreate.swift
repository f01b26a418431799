import CardRules
import JSONRPC
import Postgres

enum GroupPassCreate: Method {
    static let declaration = Declaration(
        "groupPass.create", .writes, by: .staff(.groupPassWrite),
        "Gives a group a pass with which it buys tickets (GRP-01 to GRP-04).",
        details: "An nfcCard comes from the counter's stock and was made for groups with or without opportunity, as "
            + "this one is; a digital card's number is made here.",
        refusals: [
            .cardSystemNotFound, .cardNotFound, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem,
            .cardStatusMismatch, .endDateTooEarly,
        ])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let fields: GroupFields
        let address: AddressParams
        let card: GroupCardParams
        let hasOpportunity: Bool
        let endDate: CivilDate?
        let ticketsPerYear: Bounded<TicketsPerYear>

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose pass it will be.")
            name = reader.required("name", "What the group is called.")
            fields = GroupFields(from: &reader)
            address = reader.required("address", "Where it is at home.")
            card = GroupCardParams(from: &reader)
            hasOpportunity = reader.optional(
                "hasOpportunity", default: true, "Whether it buys at the opportunity tariff; true if absent.")
            endDate = reader.optional("endDate", "The last day; absent for a pass that never expires (R-111).")
            ticketsPerYear = reader.required("ticketsPerYear", "How many tickets it may buy in a calendar year.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        call.audit.cardSystem = params.cardSystem
        let reasons =
            try params.card.reasons(in: params.cardSystem, hasOpportunity: params.hasOpportunity, call)
            + GroupPassRules.reasons(endDate: params.endDate, after: nil, on: Brussels.date(call.now))
        try reasons.refuse()
        let id: GroupPassID = call.newID()
        let address = params.address.address
        try call.transaction.execute(
            """
            insert into group_pass (id, card_system_id, name, name_key, email, phone, street, postal_code, city,
                country, has_opportunity, end_date, tickets_per_year, counter_id, created_at)
            values (\(id), \(params.cardSystem), \(params.name), \(params.name.lowercased()),
                \(params.fields.email.applied(to: nil)), \(params.fields.phone.applied(to: nil)), \(address.street),
                \(address.postalCode), \(address.city), \(address.country), \(params.hasOpportunity),
                \(params.endDate), \(params.ticketsPerYear.value), \(call.caller.counter?.id), \(call.now))
            """)
        try params.card.give(to: id, in: params.cardSystem, hasOpportunity: params.hasOpportunity, call)
        return try call.groupPass(id)
    }
}

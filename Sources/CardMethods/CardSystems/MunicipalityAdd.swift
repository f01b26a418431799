import CardRules
import JSONRPC
import Postgres

enum MunicipalityAdd: Method {
    static let declaration = Declaration(
        "municipality.add", .writes, by: [.operator, .cardSystemAdministrator],
        "Lets a municipality join a card system, with its postal codes.",
        refusals: [.cardSystemNotFound, .municipalityTaken, .postalCodeTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let postalCodes: PostalCodes
        let settings: MunicipalitySettings

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What the municipality is called; once in a card system.")
            postalCodes = reader.required("postalCodes", "All of its postal codes.")
            settings = MunicipalitySettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MunicipalityRecord {
        try call.requireAdministered(params.cardSystem)
        let id: MunicipalityID = call.newID()
        call.audit.object(id)
        let known = try call.transaction.first(
            "select from municipality where card_system_id = \(params.cardSystem) and name = \(params.name)")
        if known != nil { throw Refusal(.municipalityTaken, at: "/name") }
        var changes = FieldChanges()
        params.settings.add(to: &changes)
        try call.transaction.run([
            """
            insert into municipality (id, card_system_id, name, version)
            values (\(id), \(params.cardSystem), \(params.name), 0)
            """,
            "update municipality set \(fragment: changes.sql) where id = \(id)",
        ])
        try call.setPostalCodes(params.postalCodes.codes, of: id, in: params.cardSystem)
        return try call.municipality(id)
    }
}

/// The postal codes of a municipality: one at least, none twice.
struct PostalCodes: ParameterValue {
    let codes: [BelgianPostalCode]

    static var schema: Schema { .array(BelgianPostalCode.schema, counts: 1...500) }
    static var placeholder: PostalCodes { PostalCodes(codes: []) }

    private init(codes: [BelgianPostalCode]) { self.codes = codes }

    init(parameter: JSON) throws(Unfit) {
        codes = try [BelgianPostalCode](parameter: parameter)
        if codes.isEmpty { throw Unfit("must name one at least") }
        if Set(codes).count < codes.count { throw Unfit("must not name one twice") }
    }
}

import CardRules
import JSONRPC
import Postgres

enum MunicipalityUpdate: Method {
    static let declaration = Declaration(
        "municipality.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Changes a municipality's name, postal codes or settings.",
        details: "What is absent stays; `null` clears the address or the coordinates.",
        refusals: [.municipalityNotFound, .municipalityTaken, .postalCodeTaken])

    struct Params: Parameters {
        let municipality: MunicipalityID
        let version: Int?
        let name: String?
        let postalCodes: PostalCodes?
        let settings: MunicipalitySettings

        init(from reader: inout ParameterReader) {
            municipality = reader.required("municipalityId", "The municipality.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; once in a card system.")
            postalCodes = reader.optional("postalCodes", "All of its postal codes.")
            settings = MunicipalitySettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MunicipalityRecord {
        let id = params.municipality
        let old = try call.transaction.first(
            "select card_system_id, version from municipality where id = \(id) for update")
        guard let old else { throw Refusal(.municipalityNotFound, at: "/municipalityId") }
        let cardSystem: CardSystemID = try old["card_system_id"]
        try call.requireAdministered(cardSystem)
        call.audit.object(id)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        params.settings.add(to: &changes)
        let names = changes.names + (params.postalCodes == nil ? [] : ["postalCodes"])
        call.audit.changedFields = names
        try call.requireVersion(params.version, is: try old["version"], changed: names)
        let namesake = try call.transaction.first(
            """
            select from municipality where card_system_id = \(cardSystem) and name = \(params.name) and id <> \(id)
            """)
        if namesake != nil { throw Refusal(.municipalityTaken, at: "/name") }
        try call.transaction.execute("update municipality set \(fragment: changes.sql) where id = \(id)")
        if let codes = params.postalCodes?.codes { try call.setPostalCodes(codes, of: id, in: cardSystem) }
        return try call.municipality(id)
    }
}

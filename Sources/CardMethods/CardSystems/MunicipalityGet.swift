import CardRules
import JSONRPC
import Postgres

enum MunicipalityGet: Method {
    static let declaration = Declaration(
        "municipality.get", .reads, by: [.everyone],
        "Tells the settings of the municipality that a postal code belongs to (CSY-02).",
        refusals: [.cardSystemNotFound, .postalCodeNotInCardSystem])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let postalCode: BelgianPostalCode

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            postalCode = reader.required("postalCode", "A postal code of the municipality.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MunicipalityRecord {
        try call.asPlatform {
            try call.requireCardSystem(params.cardSystem)
            let row = try call.transaction.first(
                """
                select \(fragment: MunicipalityRecord.columns)
                from municipality m join municipality_postal_code c on c.municipality_id = m.id
                where c.card_system_id = \(params.cardSystem) and c.postal_code = \(params.postalCode)
                """)
            guard let row else { throw Refusal(.postalCodeNotInCardSystem, at: "/postalCode") }
            return try MunicipalityRecord(row: row)
        }
    }
}

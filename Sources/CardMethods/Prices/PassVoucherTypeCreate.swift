import CardRules
import JSONRPC
import Postgres

enum PassVoucherTypeCreate: Method {
    static let declaration = Declaration(
        "passVoucherType.create", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes a type of vouchers that lower what passes cost; the price list says to what (R-054).",
        refusals: [
            .cardSystemNotFound, .municipalityNotFound, .passVoucherTypeNameTaken, .passVoucherTypePrefixTaken,
        ])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let prefix: VoucherPrefix
        let municipality: MunicipalityID?
        let validFrom: CivilDate?
        let validUntil: CivilDate?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What it is called; once in a card system.")
            prefix = reader.required("prefix", "What its codes begin with; once in a card system.")
            municipality = reader.optional("municipalityId", "Whose residents may use it; everybody if absent.")
            validFrom = reader.optional("validFrom", "The first day on which it counts; open if absent.")
            validUntil = reader.optional("validUntil", "The last day on which it counts; open if absent.")
            if let validFrom, let validUntil, validFrom > validUntil {
                reader.refuse("validUntil", "must not lie before validFrom")
            }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PassVoucherTypeRecord {
        try call.requireAdministered(params.cardSystem)
        try call.requireFree(
            name: params.name, prefix: params.prefix.text, municipality: params.municipality, in: params.cardSystem)
        let id: PassVoucherTypeID = call.newID()
        call.audit.object(id)
        let row = try call.transaction.query(
            """
            insert into pass_voucher_type as t (id, card_system_id, name, prefix, municipality_id, valid_from,
                valid_until)
            values (\(id), \(params.cardSystem), \(params.name), \(params.prefix.text), \(params.municipality),
                \(params.validFrom), \(params.validUntil))
            returning \(fragment: PassVoucherTypeRecord.columns)
            """)[0]
        return try PassVoucherTypeRecord(row: row)
    }
}

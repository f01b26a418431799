import CardRules
import JSONRPC
import Postgres

enum PassVoucherTypeUpdate: Method {
    static let declaration = Declaration(
        "passVoucherType.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Changes the name, the municipality or the days of a type of vouchers; its prefix stays.",
        details: "What is absent stays; `null` opens it to everybody, or to all days.",
        refusals: [.passVoucherTypeNotFound, .municipalityNotFound, .passVoucherTypeNameTaken])

    struct Params: Parameters {
        let type: PassVoucherTypeID
        let version: Int?
        let name: String?
        let municipality: Change<MunicipalityID>
        let validFrom: Change<CivilDate>
        let validUntil: Change<CivilDate>

        init(from reader: inout ParameterReader) {
            type = reader.required("passVoucherTypeId", "The type.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; once in a card system.")
            municipality = reader.change("municipalityId", "Whose residents may use it.")
            validFrom = reader.change("validFrom", "The first day on which it counts.")
            validUntil = reader.change("validUntil", "The last day on which it counts.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PassVoucherTypeRecord {
        let (old, cardSystem) = try call.administeredVoucherType(params.type, lock: "for update")
        call.audit.object(params.type)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        changes.change("municipalityId", params.municipality) { "municipality_id = \($0)" }
        changes.change("validFrom", params.validFrom) { "valid_from = \($0)" }
        changes.change("validUntil", params.validUntil) { "valid_until = \($0)" }
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: old.version, changed: changes.names)
        if let from = params.validFrom.applied(to: old.validFrom),
            let end = params.validUntil.applied(to: old.validUntil),
            from > end
        {
            throw InvalidParameters(
                problems: [Problem(pointer: "/validUntil", reason: "must not lie before validFrom")])
        }
        try call.requireFree(
            name: params.name, prefix: nil, municipality: params.municipality.applied(to: nil), in: cardSystem,
            except: params.type)
        let row = try call.transaction.query(
            """
            update pass_voucher_type as t set \(fragment: changes.sql) where t.id = \(params.type)
            returning \(fragment: PassVoucherTypeRecord.columns)
            """)[0]
        return try PassVoucherTypeRecord(row: row)
    }
}

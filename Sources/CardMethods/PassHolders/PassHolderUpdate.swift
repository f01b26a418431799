import CardRules
import JSONRPC
import Postgres

enum PassHolderUpdate: Method {
    static let declaration = Declaration(
        "passHolder.update", .writes,
        by: [.counter(.passHolderRegister), .cardSystemAdministrator, .operator, .holder],
        "Changes what is known of a pass holder (PH-01, PH-02, PH-03, PH-05).",
        details:
            "What is absent stays; `null` clears an optional field. An INSZ is given once, and never changed here. "
            + "Who has a valid opportunity status stays in its region: the move assistant moves him out of it. An "
            + "opt-in that the change makes impossible must be taken back with it (R-037). The end date of a status is "
            + "changed by extending it (PH-04). A pass holder changes his own e-mail address, telephone, mobile, "
            + "address and opt-ins.",
        refusals: [
            .passHolderNotFound, .permissionNotHeld, .registrationForeignNotAllowed, .birthDateInFuture, .inszKnown,
            .inszMismatch, .inszTaken, .cityNotOfPostalCode, .addressOutsideRegion, .consentMissing, .termsMissing,
            .optInImpossible,
        ], bulk: true)

    struct Params: Parameters {
        let holder: PassHolderID
        let version: Int?
        let fields: HolderFields

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            fields = HolderFields(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PassHolderRecord {
        let (id, keys) = (params.holder, call.services.keys)
        try call.requireOwnHolder(id)
        let memberships = try call.memberships(of: id)
        call.audit.object(id)
        if let home = memberships.first(where: { call.serves($0.cardSystem) }) {
            call.audit.cardSystem = home.cardSystem
        }
        let row = try call.transaction.query(
            "select \(fragment: StoredHolder.columns) from pass_holder h where h.id = \(id) for update")[0]
        let old = try StoredHolder(row: row, of: id, keys)
        var changes = FieldChanges()
        try params.fields.add(to: &changes, of: id, keys)
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: old.version, changed: changes.names)
        let change = HolderChange(from: old.state, to: params.fields.applied(to: old), fields: changes.names)
        let reading = try HolderChangeReading(params.fields, of: id, memberships, in: call)
        try reading.reasons(change, today: Brussels.date(call.now)).refuse()
        try call.transaction.execute("update pass_holder set \(fragment: changes.sql) where id = \(id)")
        try call.tellMemberships(of: id)
        return try call.passHolder(id)
    }
}

import CardRules
import JSONRPC
import Postgres

enum CounterUpdate: Method {
    static let declaration = Declaration(
        "counter.update", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Changes what is said of a counter.",
        details: "What is absent stays; `null` clears a field. A municipality administrator moves no counter to a "
            + "municipality that is not his.",
        refusals: [.counterNotFound, .municipalityNotFound, .counterNameTaken, .counterKeyTaken, .counterSchoolInUse])

    struct Params: Parameters {
        let counter: CounterID
        let version: Int?
        let name: String?
        let fields: CounterFields

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; unique in the card system.")
            fields = CounterFields(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let old = try call.administeredCounter(params.counter)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        params.fields.add(to: &changes)
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: old.version, changed: changes.names)
        switch params.fields.municipality {
        case .keep: break
        // Out of every municipality, it is the card system's alone.
        case .clear: try call.require(call.scope.administers(old.cardSystem))
        case .set(let municipality): try call.requireMunicipality(municipality, in: old.cardSystem)
        }
        try call.requireFree(
            name: params.name, key: params.fields.key.applied(to: nil), for: old.id, in: old.cardSystem)
        if params.fields.isSchool == false, try call.hasPupils(old.id) {
            throw Refusal(.counterSchoolInUse, at: "/isSchool")
        }
        try call.transaction.execute("update counter set \(fragment: changes.sql) where id = \(old.id)")
        return try call.shownCounter(old.id)
    }
}

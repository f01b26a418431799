import CardRules
import JSONRPC
import Postgres

enum DistributionKeyUpdate: Method {
    static let declaration = Declaration(
        "distributionKey.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Gives a distribution key another name.", refusals: [.distributionKeyNotFound, .distributionKeyNameTaken])

    struct Params: Parameters {
        let key: DistributionKeyID
        let version: Int?
        let name: String?

        init(from reader: inout ParameterReader) {
            key = reader.required("distributionKeyId", "The distribution key.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; unique in the card system.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> DistributionKeyRecord {
        let key = try call.distributionKey(params.key, lock: true)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: key.version, changed: changes.names)
        try call.requireFree(keyName: params.name, for: key.id, in: key.cardSystem)
        try call.transaction.execute("update distribution_key set \(fragment: changes.sql) where id = \(key.id)")
        return try [call.distributionKey(key.id)].withTerms(at: call.now, call.transaction)[0]
    }
}

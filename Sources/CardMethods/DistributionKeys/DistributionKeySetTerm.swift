import CardRules
import JSONRPC
import Postgres

enum DistributionKeySetTerm: Method {
    static let declaration = Declaration(
        "distributionKey.setTerm", .writes, by: [.operator, .cardSystemAdministrator],
        "Says what a distribution key says from now or a later instant on.",
        details: "It holds until the next term begins. What was sold before stays as it was.",
        refusals: [
            .distributionKeyNotFound, .distributionKeyTermInPast, .distributionKeyTermTaken, .municipalityNotFound,
        ])

    struct Params: Parameters {
        let key: DistributionKeyID
        let version: Int?
        let term: DistributionKeyTermParams

        init(from reader: inout ParameterReader) {
            key = reader.required("distributionKeyId", "The distribution key.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            term = DistributionKeyTermParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> DistributionKeyRecord {
        let key = try call.distributionKey(params.key, lock: true)
        call.audit.changedFields = ["terms"]
        try call.requireVersion(params.version, is: key.version, changed: call.audit.changedFields)
        let existing = try call.transaction.query(
            "select valid_from from distribution_key_term where distribution_key_id = \(key.id)"
        ).map { try $0[0] as Instant }
        try call.reasons(against: params.term, in: key.cardSystem, existing: existing).refuse()
        try call.transaction.execute("update distribution_key set version = version + 1 where id = \(key.id)")
        try call.add(params.term, to: key.id, of: key.cardSystem)
        return try [call.distributionKey(key.id)].withTerms(at: call.now, call.transaction)[0]
    }
}

import CardRules
import JSONRPC
import Postgres

enum DistributionKeyGet: Method {
    static let declaration = Declaration(
        "distributionKey.get", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Tells what a distribution key says at an instant, and what it will say.",
        refusals: [.distributionKeyNotFound])

    struct Params: Parameters {
        let key: DistributionKeyID
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            key = reader.required("distributionKeyId", "The distribution key.")
            instant = reader.optional("at", "As of when; now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> DistributionKeyRecord {
        try [call.distributionKey(params.key)].withTerms(at: params.instant ?? call.now, call.transaction)[0]
    }
}

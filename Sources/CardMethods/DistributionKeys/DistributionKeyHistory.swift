import CardRules
import JSONRPC
import Postgres

enum DistributionKeyHistory: Method {
    static let declaration = Declaration(
        "distributionKey.history", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Lists all terms of a distribution key, the one that begins last first, with who set them when.",
        refusals: [.distributionKeyNotFound])

    struct Params: Parameters {
        let key: DistributionKeyID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            key = reader.required("distributionKeyId", "The distribution key.")
            page = PageRequest(from: &reader)
        }
    }

    /// A term, and where it comes from.
    struct Item: ResultRecord {
        let term: DistributionKeyTerm
        let recordedAt: Instant
        /// `nil` if no account set it.
        let recordedBy: AccountID?

        static let fields: [ResultField<Item>] = [
            .init("term", "What it says.") { DistributionKeyTermRecord(term: $0.term) },
            .init("recordedAt", "When it was set.") { $0.recordedAt },
            .init("recordedBy", "The account that set it.") { $0.recordedBy },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        let key = try call.distributionKey(params.key)
        let list = Listing(
            columns: "\(fragment: DistributionKeyTerm.columns), t.recorded_at, t.recorded_by",
            tables: "distribution_key_term t join distribution_key k on k.id = t.distribution_key_id",
            conditions: ["t.distribution_key_id = \(key.id)"], key: "t.valid_from", keyType: .instant, id: "t.id",
            isDescending: true)
        return try list.page(params.page, call.transaction) {
            Item(
                term: try DistributionKeyTerm(row: $0), recordedAt: try $0["recorded_at"],
                recordedBy: try $0["recorded_by"])
        }
    }
}

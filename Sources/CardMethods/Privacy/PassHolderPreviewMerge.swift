import CardRules
import JSONRPC
import Postgres

enum PassHolderPreviewMerge: Method {
    static let declaration = Declaration(
        "passHolder.previewMerge", .reads, by: [.cardSystemAdministrator, .operator],
        "Tells what merging two records of one person would do, or everything that is against it (S9).",
        refusals: PassHolderMerge.ruleRefusals)

    struct Params: Parameters {
        let pair: MergePairParams
        init(from reader: inout ParameterReader) { pair = MergePairParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> MergePlan {
        try call.asPlatform { try call.mergePlan(params.pair) }
    }
}

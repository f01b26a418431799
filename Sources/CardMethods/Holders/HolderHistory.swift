import CardRules
import JSONRPC

enum HolderHistory: Method {
    static let declaration = Declaration(
        "holder.history", .reads, by: [.holder],
        "Lists what changed the points of the caller, or of somebody of his family, the newest first.",
        details: "Place and event are told wherever it was.", refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: OwnHolderParams
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = OwnHolderParams(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PointsEntry> {
        try call.pointsHistory(of: call.ownHolder(params.holder), params.page) { _ in true }
    }
}

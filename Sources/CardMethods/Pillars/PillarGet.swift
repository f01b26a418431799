import CardRules
import JSONRPC
import Postgres

enum PillarGet: Method {
    static let declaration = Declaration(
        "pillar.get", .reads, by: [.counterStaff, .cardSystemAdministrator, .operator],
        "Tells everything of one pillar, with a warning days before its fixed event ends.", refusals: [.pillarNotFound])

    struct Params: Parameters {
        let pillar: PillarID
        init(from reader: inout ParameterReader) { pillar = reader.required("pillarId", "The pillar.") }
    }

    static func run(_ params: Params, in call: Call) throws -> PillarRecord {
        try call.pillar(params.pillar).warned(call)
    }
}

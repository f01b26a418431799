import CardRules
import JSONRPC

enum GroupPassGet: Method {
    static let declaration = Declaration(
        "groupPass.get", .reads, by: .staff(.groupPassRead), "Tells what is known of a group's pass (GRP-03).",
        refusals: [.groupPassNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        init(from reader: inout ParameterReader) { pass = reader.required("groupPassId", "The group pass.") }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord { try call.groupPass(params.pass) }
}

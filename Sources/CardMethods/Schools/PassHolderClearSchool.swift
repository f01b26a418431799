import CardRules
import JSONRPC

enum PassHolderClearSchool: Method {
    static let declaration = Declaration(
        "passHolder.clearSchool", .writes, by: .staff(.passHolderRegister),
        "Says that a pass holder goes to no school any more (SCH-01).", refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        init(from reader: inout ParameterReader) { holder = reader.required("passHolderId", "The person.") }
    }

    static func run(_ params: Params, in call: Call) throws -> PassHolderRecord {
        try call.setSchool(nil, of: params.holder)
    }
}

import CardRules
import JSONRPC

enum PassHolderSetSchool: Method {
    static let declaration = Declaration(
        "passHolder.setSchool", .writes, by: .staff(.passHolderRegister),
        "Says to which school a pass holder goes; one at most (SCH-01).",
        refusals: [.passHolderNotFound, .schoolNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let school: CounterID

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            school = reader.required("schoolId", "The school: a counter that is one.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PassHolderRecord {
        try call.requireOwnHolder(params.holder)
        try call.requireSchool(params.school)
        return try call.setSchool(params.school, of: params.holder)
    }
}

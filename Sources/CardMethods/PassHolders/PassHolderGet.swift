import CardRules
import JSONRPC

enum PassHolderGet: Method {
    static let declaration = Declaration(
        "passHolder.get", .reads, by: .staff(.passHolderRead),
        "Tells what is known of a pass holder of own card systems; of the INSZ four digits.",
        details: "A record that was merged answers with the one that was kept.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        init(from reader: inout ParameterReader) { holder = reader.required("passHolderId", "The person.") }
    }

    static func run(_ params: Params, in call: Call) throws -> PassHolderRecord {
        try call.passHolder(try call.keptRecord(of: params.holder))
    }
}

import CardRules
import JSONRPC

enum FamilyList: Method {
    static let declaration = Declaration(
        "family.list", .reads, by: .family, "Tells who is in a pass holder's family, himself among them (FAM-01).",
        refusals: [.passHolderNotFound])

    static func run(_ params: FamilyParams, in call: Call) throws -> FamilyRecord {
        try call.family(of: call.familyMain(params.holder))
    }
}

/// Whose family it is.
struct FamilyParams: Parameters {
    let holder: PassHolderID?

    init(from reader: inout ParameterReader) {
        holder = reader.optional("passHolderId", "The main member; a pass holder himself if absent.")
    }
}

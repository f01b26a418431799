import CardRules
import JSONRPC
import Postgres

enum PassHolderFindDuplicates: Method {
    static let declaration = Declaration(
        "passHolder.findDuplicates", .reads, by: .staff(.passHolderRead),
        "Finds pass holders of own card systems who are likely to be the same person as one of them.",
        details: "They have the same birth date, and names that are the same, swapped, or differ by two letters at "
            + "most. Two numbers of the national register are two people.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        init(from reader: inout ParameterReader) { holder = reader.required("passHolderId", "The person.") }
    }

    struct Result: ResultRecord {
        let items: [LikelyDuplicate]

        static let fields: [ResultField<Result>] = [
            .init("items", "Those who are likely to be the same.") { $0.items }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireOwnHolder(params.holder)
        let row = try call.transaction.query(
            "select \(fragment: ComparedHolder.columns) from pass_holder h where h.id = \(params.holder)")[0]
        let person = try ComparedHolder(row: row)
        var likeness: [PassHolderID: Likeness] = [:]
        for other in try call.holders(born: person.dateOfBirth) where other.id != person.id {
            likeness[other.id] = try person.likeness(to: other, call.services.keys)
        }
        return Result(
            items: try call.summaries(of: likeness.keys.sorted()).map {
                LikelyDuplicate(likeness: likeness[$0.id]!, holder: $0)
            })
    }
}

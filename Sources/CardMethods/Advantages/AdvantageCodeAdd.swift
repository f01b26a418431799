import CardRules
import JSONRPC
import Postgres

enum AdvantageCodeAdd: Method {
    static let declaration = Declaration(
        "advantageCode.add", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Adds a code to an online advantage, which it may have already (S16, R-148).",
        refusals: [.advantageNotFound, .advantageNotOnline], bulk: true)

    struct Params: Parameters {
        let advantage: AdvantageID
        let code: String

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            code = reader.required("code", "1 to 100 characters.")
            if code.unicodeScalars.count > CodeList.lengths.upperBound || code.contains(where: \.isNewline) {
                reader.refuse("code", "must be one line of at most \(CodeList.lengths.upperBound) characters")
            }
        }
    }

    struct Result: ResultRecord {
        let isAdded: Bool
        let codesLeft: Int

        static let fields: [ResultField<Result>] = [
            .init("added", "Whether it did not have the code yet.") { $0.isAdded },
            .init("codesLeft", "How many are to be had now.") { $0.codesLeft },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let held = try call.heldAdvantage(params.advantage)
        let added = try call.addCodes([params.code], to: held)
        return Result(isAdded: added > 0, codesLeft: held.codesLeft + added)
    }
}

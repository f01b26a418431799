import CardRules
import JSONRPC
import Postgres

enum PassHolderRevealINSZ: Method {
    static let declaration = Declaration(
        "passHolder.revealInsz", .writes, by: [.cardSystemAdministrator],
        "Tells a pass holder's INSZ in full, and writes down who asked for it and what for.",
        details: "Everywhere else it is shown masked.", refusals: [.passHolderNotFound], answersSecret: true)

    struct Params: Parameters {
        let holder: PassHolderID
        let purpose: String

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            purpose = reader.required("purpose", "What it is needed for; stays in the audit trail.")
        }
    }

    struct Result: ResultRecord {
        let digits: String?

        static let fields: [ResultField<Result>] = [
            .init("insz", "The eleven digits; absent if it is not known.") { $0.digits }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireOwnHolder(params.holder)
        guard let own = try call.memberships(of: params.holder).first else { throw Refusal(.passHolderNotFound) }
        call.audit.cardSystem = own.cardSystem
        call.audit.object(params.holder)
        call.audit.isLook = true
        call.audit.facts.append(("purpose", params.purpose))
        let row = try call.transaction.query("select insz_sealed from pass_holder where id = \(params.holder)")[0]
        let insz = try (row[0] as [UInt8]?).map { try call.services.keys.openedINSZ($0, of: params.holder) }
        return Result(digits: insz?.digits)
    }
}

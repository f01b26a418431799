import CardRules
import JSONRPC
import Postgres

enum FamilyLeave: PreparedMethod {
    static let declaration = Declaration(
        "family.leave", .writes, by: [.everyone],
        "Takes somebody from the family to which he was added, by the token that was mailed to him (FAM-04).",
        refusals: [.tokenInvalid])

    struct Params: Parameters {
        let token: String
        init(from reader: inout ParameterReader) { token = reader.required("token", "The token from the mail.") }
    }

    typealias Result = Done

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try prelude.services.throttle.admit(.familyToken, from: prelude.peer)
        do {
            return try await prelude.perform { try leave(params, $0) }
        } catch let refusal as Refusal {
            prelude.services.throttle.missed(.familyToken, from: prelude.peer)
            try await prelude.note(.familyTokenWrong)
            throw refusal
        }
    }

    private static func leave(_ params: Params, _ call: Call) throws -> Done {
        let row = try call.asPlatform {
            try call.transaction.first(
                """
                update family_member set ended_at = \(call.now)
                where removal_token_hash = \(Secret.hash(params.token)) and ended_at is null
                returning main_id, member_id
                """)
        }
        guard let row else { throw Refusal(.tokenInvalid, at: "/token") }
        call.audit.object(try row["main_id"] as PassHolderID)
        call.audit.told.append(("memberId", .string((try row["member_id"] as PassHolderID).text)))
        return Done()
    }
}

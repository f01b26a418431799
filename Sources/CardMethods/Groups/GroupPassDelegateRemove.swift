import CardRules
import JSONRPC
import Postgres

enum GroupPassDelegateRemove: Method {
    static let declaration = Declaration(
        "groupPassDelegate.remove", .writes, by: .staff(.groupPassWrite),
        "Takes the use of a group's pass from a guide or a counter; what was used stays told.",
        refusals: [.groupPassNotFound, .groupPassDelegateNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        let delegate: GroupPassDelegateID

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            delegate = reader.required("delegateId", "The delegation.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassDelegateRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        call.audit.told.append(("delegateId", .string(params.delegate.text)))
        let count = try call.transaction.execute(
            """
            update group_pass_delegate set ended_at = \(call.now)
            where id = \(params.delegate) and group_pass_id = \(pass.id) and ended_at is null
            """)
        if count == 0 { throw Refusal(.groupPassDelegateNotFound, at: "/delegateId") }
        return try call.groupPassDelegate(params.delegate)
    }
}

import CardRules
import JSONRPC
import Postgres

enum PillarRelease: Method {
    static let declaration = Declaration(
        "pillar.release", .writes, by: [.cardSystemAdministrator, .operator],
        "Takes the device away from a pillar and makes a new set-up code for the next one.",
        details:
            "The old device's credential stops at once. `retire` takes the pillar out of service for good instead.",
        refusals: [.pillarNotFound], answersSecret: true)

    struct Params: Parameters {
        let pillar: PillarID
        let retire: Bool

        init(from reader: inout ParameterReader) {
            pillar = reader.required("pillarId", "The pillar.")
            retire = reader.optional("retire", default: false, "Whether it is out of service for good.")
        }
    }

    struct Result: ResultRecord {
        let pillar: PillarRecord
        let code: SetUpCodeView?

        static let fields: [ResultField<Result>] = [
            .init("pillar", "The pillar, without a device.") { $0.pillar },
            .init("setUpCode", "For the next device; absent for a retired pillar.") { $0.code },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let old = try call.pillar(params.pillar, lock: true)
        let code = params.retire ? nil : SetUpCode(at: call.realNow)
        call.audit.changedFields = ["deviceId"] + (params.retire ? ["status"] : [])
        try call.transaction.execute(
            """
            update pillar set device_id = null, credential_hash = null, first_login_at = null, set_up_code_used_at =
                null,
                set_up_code_hash = \(code?.hash), set_up_code_expires_at = \(code?.expiresAt),
                status = \(params.retire ? "retired" : old.status), version = version + 1
            where id = \(old.id)
            """)
        return Result(
            pillar: try call.pillar(old.id), code: code.map { SetUpCodeView(code: $0.text, expiresAt: $0.expiresAt) })
    }
}

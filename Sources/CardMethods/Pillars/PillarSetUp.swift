import CardRules
import JSONRPC
import Postgres

enum PillarSetUp: PreparedMethod {
    static let declaration = Declaration(
        "pillar.setUp", .writes, by: [.everyone],
        "Makes a device a pillar: by the pillar's name and its set-up code, once (KIO-01).",
        details: "Answers with a credential of 256 bits that the device keeps; it logs in with `session.resume`. Name "
            + "unknown, code wrong or stale: one answer. The same device may repeat until it first logs in.",
        refusals: [.pillarSetUpRefused, .pillarAlreadyConfigured, .pillarDeviceInUse], answersSecret: true)

    struct Params: Parameters {
        let name: String
        let code: String
        let device: String

        init(from reader: inout ParameterReader) {
            name = reader.required("pillarName", "What the pillar is called.")
            code = reader.required("code", "The set-up code, as typed.")
            device = reader.required("deviceId", "A label of the device, such as its serial number.")
        }
    }

    struct Result: ResultRecord {
        let pillar: PillarID
        let name: String
        let credential: String

        static let fields: [ResultField<Result>] = [
            .init("pillarId", "The pillar that the device is now.") { $0.pillar },
            .init("name", "What it is called.") { $0.name },
            .init("credential", "For `session.resume`; shown once.") { $0.credential },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try prelude.services.throttle.admit(.pillarSetUp, from: prelude.peer)
        do {
            return try await prelude.perform { call in try call.asPlatform { try setUp(params, call) } }
        } catch let refusal as Refusal where refusal.kind == .pillarSetUpRefused {
            prelude.services.throttle.missed(.pillarSetUp, from: prelude.peer)
            try await prelude.note(.setUpCodeWrong)
            throw refusal
        }
    }

    private static func setUp(_ params: Params, _ call: Call) throws -> Result {
        let hash = Secret.hash(Base32.normalised(params.code))
        let row = try call.transaction.first(
            """
            select id, card_system_id, device_id, set_up_code_expires_at, set_up_code_used_at, first_login_at from
                pillar
            where set_up_code_hash = \(hash) and name = \(params.name) and status = 'active' for update
            """)
        guard let row, call.realNow < (try row["set_up_code_expires_at"] as Instant) else {
            throw Refusal(.pillarSetUpRefused)
        }
        let id: PillarID = try row["id"]
        let cardSystem: CardSystemID = try row["card_system_id"]
        if (try row["set_up_code_used_at"] as Instant?) != nil {
            let isSameDevice = try row["device_id"] == params.device && (row["first_login_at"] as Instant?) == nil
            if !isSameDevice { throw Refusal(.pillarAlreadyConfigured) }
        }
        let elsewhere = try call.transaction.first(
            """
            select from pillar where card_system_id = \(cardSystem) and device_id = \(params.device) and id <> \(id)
                and status = 'active'
            """)
        if elsewhere != nil { throw Refusal(.pillarDeviceInUse, at: "/deviceId") }
        let credential = Secret.make(prefix: Sessions.credentialPrefix, bytes: 32)
        try call.transaction.execute(
            """
            update pillar set device_id = \(params.device), credential_hash = \(Secret.hash(credential)),
                set_up_code_used_at = \(call.realNow), first_login_at = null, version = version + 1
            where id = \(id)
            """)
        // A stranger became this card system's pillar: its own chain tells so.
        call.transaction.set("ksbd.tenants", to: cardSystem.text)
        call.audit.cardSystem = cardSystem
        call.audit.object(id)
        return Result(pillar: id, name: params.name, credential: credential)
    }
}

import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What belongs to another card system answers exactly like what does not exist.
@Suite(.scene) struct OtherTenantTests {
    /// Card systems themselves are public, so what names only one may say that the permission is missing.
    ///
    /// A call that names an object of another tenant; `ID` stands where the id goes.
    private static let calls: [(method: String, params: String, table: String)] = [
        (
            "card.addStock", #"{"cardSystemId":"ID","status":"stock","cards":[{"number":"0900000090308"}]}"#,
            "card_system"
        ),
        ("card.count", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("card.list", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("checkIn.cancel", #"{"checkInId":"ID"}"#, "check_in"),
        ("checkIn.list", #"{"checkInId":"ID"}"#, "check_in"),
        ("counter.activate", #"{"counterId":"ID"}"#, "counter"),
        ("counter.get", #"{"counterId":"ID"}"#, "counter"),
        ("counter.setDistributionKey", #"{"counterId":"ID"}"#, "counter"),
        ("counter.setIban", #"{"counterId":"ID","iban":"BE68539007547034"}"#, "counter"),
        ("counter.confirmIban", #"{"counterId":"ID","iban":"BE68539007547034"}"#, "counter"),
        ("counter.setTicketLimit", #"{"counterId":"ID"}"#, "counter"),
        ("counter.update", #"{"counterId":"ID","name":"mine"}"#, "counter"),
        ("counterMember.add", #"{"counterId":"ID","email":"guide@example.org"}"#, "counter"),
        ("counterMember.list", #"{"counterId":"ID"}"#, "counter"),
        ("passHolder.get", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("points.history", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("permissionGroup.remove", #"{"permissionGroupId":"ID"}"#, "permission_group"),
        ("permissionGroup.update", #"{"permissionGroupId":"ID","name":"mine"}"#, "permission_group"),
        ("pillar.candidateEvents", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.chooseEvent", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.clearFixedEvent", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.create", #"{"cardSystemId":"ID","name":"mine","counterIds":["ID"]}"#, "card_system"),
        ("pillar.get", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.release", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.update", #"{"pillarId":"ID","name":"mine"}"#, "pillar"),
    ]

    @Test func `another tenant's object answers like one that does not exist`() async throws {
        try await Scene.with { scene in
            _ = try await scene.create(pillar: "CID-ELSEWHERE", at: [.elsewhere])
            let clerk = try await scene.peer(.clerkElsewhere)
            _ = try await scene.event(7, of: .elsewhere)
            _ = try await scene.checkIn(clerk, .init(45), SceneData.event(7)).get()
            let administrator = try await scene.peer(.administrator)
            for call in Self.calls {
                let foreign: ID<Never> = try await scene.value(Self.foreign(call.table))
                let nowhere = ID<Never>(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
                var answers: [String] = []
                for id in [foreign, nowhere] {
                    let params = try JSON(parsing: Array(call.params.replacing("ID", with: id.text).utf8))
                    let answer = await scene.call(administrator, call.method, params)
                    answers.append("\(answer)".replacing(id.text, with: "ID"))
                }
                #expect(answers[0] == answers[1], "\(call.method)")
            }
        }
    }

    /// The id of some row of the other card system.
    private static func foreign(_ table: String) -> SQL {
        switch table {
        case "card_system": "select \(SceneData.there)"
        case "check_in": "select id from check_in where card_system_id = \(SceneData.there) limit 1"
        case "counter": "select id from counter where card_system_id = \(SceneData.there) limit 1"
        case "pass_holder": "select holder_id from membership where card_system_id = \(SceneData.there) limit 1"
        case "permission_group": "select id from permission_group where card_system_id = \(SceneData.there) limit 1"
        default: "select id from pillar where card_system_id = \(SceneData.there) limit 1"
        }
    }

    @Test func `every table of a card system is under forced row-level security, with a policy for each role`()
        async throws
    {
        try await Scene.with { scene in
            let open: [String] = try await scene.value(
                """
                select coalesce(array_agg(c.relname::text order by 1), '{}') from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'card_system_id' and not a.attisdropped
                where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'role_grant'
                    and (not c.relrowsecurity or not c.relforcerowsecurity or (
                        select count(distinct r) from pg_policy p, unnest(p.polroles) r where p.polrelid = c.oid) < 2)
                """)
            #expect(open == [])
        }
    }

    @Test func `the daemon's roles own nothing and pass no policy by`() async throws {
        try await Scene.with { scene in
            let owned = try await scene.count(
                "pg_class where relowner in ('ksbd_app'::regrole, 'ksbd_platform'::regrole)")
            let mighty = try await scene.count(
                "pg_roles where rolname in ('ksbd_app', 'ksbd_platform') and (rolsuper or rolbypassrls)")
            #expect(owned == 0 && mighty == 0)
        }
    }

    @Test(arguments: ["transfer", "hold", "hold_end", "audit", "audit_link", "check_in", "ledger_account"])
    func `the daemon cannot delete from the ledger or the trail`(table: String) async throws {
        try await Scene.with { scene in
            let allowed: Bool = try await scene.value(
                """
                select has_table_privilege('ksbd_app', \(table)::text, 'delete')
                    or has_table_privilege('ksbd_platform', \(table)::text, 'delete')
                """)
            #expect(!allowed)
        }
    }
}

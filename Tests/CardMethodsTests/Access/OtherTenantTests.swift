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
    typealias ForeignCall = (method: String, params: String, table: String)

    /// Each area keeps its own.
    private static let calls: [ForeignCall] =
        foundation + tariffs + holders + cards + jobs + opportunity + prices + privacy + selfService + groups + coupons
        + tickets + advantages + redemptions

    private static let foundation: [ForeignCall] = [
        ("account.unlock", #"{"accountId":"ID"}"#, "account"),
        ("card.block", #"{"cardNumber":"ID","reason":"lost"}"#, "card"),
        ("card.deliver", #"{"cardNumbers":["ID"]}"#, "card"),
        ("card.handOver", #"{"counterId":"LIBRARY","cardNumbers":["ID"]}"#, "card"),
        ("card.receive", #"{"cardNumbers":["ID"]}"#, "card"),
        ("card.unblock", #"{"cardNumber":"ID","reason":"found"}"#, "card"),
        ("card.count", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("card.list", #"{"cardSystemId":"ID"}"#, "card_system"),
        ("checkIn.cancel", #"{"checkInId":"ID"}"#, "check_in"),
        ("checkIn.correct", #"{"checkInId":"ID","points":3,"reason":"r"}"#, "check_in"),
        ("checkIn.count", #"{"checkInId":"ID"}"#, "check_in"),
        ("checkIn.list", #"{"checkInId":"ID"}"#, "check_in"),
        ("checkIn.restore", #"{"checkInId":"ID","reason":"r"}"#, "check_in"),
        ("counter.activate", #"{"counterId":"ID"}"#, "counter"),
        ("counter.get", #"{"counterId":"ID"}"#, "counter"),
        ("counter.list", #"{"permissionGroupId":"ID"}"#, "permission_group"),
        (
            "counter.setPermissionGroups", #"{"counterId":"ID","cardSystemId":"HERE","permissionGroupIds":[]}"#,
            "counter"
        ),
        ("counter.setDistributionKey", #"{"counterId":"ID"}"#, "counter"),
        ("counter.setIban", #"{"counterId":"ID","iban":"BE68539007547034"}"#, "counter"),
        ("counter.confirmIban", #"{"counterId":"ID","iban":"BE68539007547034"}"#, "counter"),
        ("counter.setTicketLimit", #"{"counterId":"ID"}"#, "counter"),
        ("counter.update", #"{"counterId":"ID","name":"mine"}"#, "counter"),
        ("counterMember.add", #"{"counterId":"ID","email":"guide@example.org"}"#, "counter"),
        ("counterMember.list", #"{"counterId":"ID"}"#, "counter"),
        ("counterMember.remove", #"{"counterId":"ID","accountId":"ID"}"#, "counter"),
        ("counterMember.setRole", #"{"counterId":"ID","accountId":"ID","role":"member"}"#, "counter"),
        ("passHolder.block", #"{"passHolderId":"ID","cardSystemId":"HERE","reason":"abuse"}"#, "pass_holder"),
        ("passHolder.get", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("passHolder.list", #"{"cardNumber":"ID"}"#, "card"),
        ("passHolder.revealInsz", #"{"passHolderId":"ID","purpose":"post"}"#, "pass_holder"),
        ("passHolder.unblock", #"{"passHolderId":"ID","cardSystemId":"HERE","reason":"sorry"}"#, "pass_holder"),
        ("points.history", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("permissionGroup.remove", #"{"permissionGroupId":"ID"}"#, "permission_group"),
        ("permissionGroup.update", #"{"permissionGroupId":"ID","name":"mine"}"#, "permission_group"),
        ("pillar.candidateEvents", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.chooseEvent", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.clearFixedEvent", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.create", #"{"cardSystemId":"ID","name":"mine","counterIds":["ID"]}"#, "card_system"),
        ("pillar.get", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.list", #"{"counterId":"ID"}"#, "counter"),
        ("pillar.release", #"{"pillarId":"ID"}"#, "pillar"),
        ("pillar.setFixedEvent", #"{"pillarId":"ID","eventId":"EVENT"}"#, "pillar"),
        ("pillar.update", #"{"pillarId":"ID","name":"mine"}"#, "pillar"),
        ("role.list", #"{"accountId":"ID"}"#, "account"),
        ("session.chooseCounter", #"{"counterId":"ID"}"#, "counter"),
    ]

    @Test func `another tenant's object answers like one that does not exist`() async throws {
        try await Scene.with { scene in
            _ = try await scene.create(pillar: "CID-ELSEWHERE", at: [.elsewhere])
            let clerk = try await scene.peer(.clerkElsewhere)
            _ = try await scene.event(7, of: .elsewhere)
            _ = try await scene.checkIn(clerk, .init(45), SceneData.event(7)).get()
            let pair: JSON = ["kept": .string(Scene.Holder(49).id.text), "merged": .string(Scene.Holder(50).id.text)]
            try await scene.ok(
                scene.peer(.otherAdministrator), "passHolder.merge", pair.merged(with: ["reason": "double"]))
            try await scene.ok(
                scene.peer(.otherAdministrator), "card.add",
                [
                    "cardSystemId": .string(SceneData.there.text), "batch": "June",
                    "number": .string(CardNumber(prefix: "0900", serial: 998, opportunity: false)!.text),
                ])
            try await Self.makeVoucher(scene)
            try await Self.makeAdvantage(scene)
            try await scene.key("Theirs", in: SceneData.there)
            try await Self.makeTicketSale(scene)
            _ = try await scene.pendingOrder(cents: 500, of: SceneData.there)
            _ = try await scene.coupon(by: .otherAdministrator, ["forEveryone": true])
            try await scene.advantage(
                1, .welcome, of: SceneData.there,
                with: "all_card_systems = false, card_system_ids = array[\(SceneData.there)]")
            _ = try await scene.redeem(clerk, .init(45)).get()
            _ = try await scene.coupon(by: .otherAdministrator, ["forEveryone": true])
            let administrator = try await scene.peer(.administrator)
            _ = try await scene.job(
                try await scene.peer(.otherAdministrator), "card.block", "cardNumber\n", in: SceneData.there,
                sharing: ["reason": "lost"])
            for call in Self.calls {
                let foreign: String = try await scene.value(Self.foreign(call.table))
                var answers: [String] = []
                for id in [foreign, call.table == "card" ? Self.noCard : Self.nowhere] {
                    var text = call.params.replacing("\"ID\"", with: "\"\(id)\"")
                    for (word, value) in Self.names { text = text.replacing(word, with: value) }
                    let answer = await scene.call(administrator, call.method, try JSON(parsing: Array(text.utf8)))
                    answers.append("\(answer)".replacing(id, with: "ID"))
                }
                #expect(answers[0] == answers[1], "\(call.method)")
                #expect(!answers[0].contains("params.invalid"), "\(call.method) was not asked: \(answers[0])")
            }
        }
    }

    /// Methods that take ids, and why there is nothing to hide behind them.
    private static let exempt = foundationExempt.merging(opportunityExempt) { first, _ in first }
        .merging(pricesExempt) { first, _ in first }.merging(privacyExempt) { first, _ in first }
        .merging(advantagesExempt) { first, _ in first }.merging(redemptionsExempt) { first, _ in first }
        .merging(couponsExempt) { first, _ in first }.merging(scansExempt) { first, _ in first }

    private static let foundationExempt: [String: String] = [
        "insz.status": "in use is told of every card system (REG-16)",
        "association.create": "card systems are public", "groupPass.create": "card systems are public",
        "audit.list": "card systems are public", "feed.list": "card systems are public",
        "feed.subscribe": "card systems are public", "feed.unsubscribe": "card systems are public",
        "card.add": "card systems are public", "card.addStock": "card systems are public",
        "cardSystem.update": "card systems are public",
        "municipality.add": "card systems are public", "municipality.update": "municipalities are public",
        "permissionGroup.create": "card systems are public", "permissionGroup.list": "card systems are public",
        "role.grant": "card systems and municipalities are public",
        "role.revoke": "card systems and municipalities are public",
        "card.status": "every card's status may be asked (NUM-10)", "pass.lookUp": "passes are used everywhere",
        "checkIn.createCorrectionJob": "card systems and events are public",
        "checkIn.create": "passes are used everywhere", "checkIn.status": "passes are used everywhere",
        "passHolder.listDuplicates": "card systems are public",
        "passHolder.register": "a card that is named is told the status of (R-013)",
        "counter.addCardSystem": "a counter joins another card system by its id",
        "event.checkInCode": "events are public", "event.getSettings": "events are public",
        "event.setSettings": "events are public", "place.list": "places are public",
        "holder.register": "card systems are public", "holder.checkIn": "oneself and the own family only",
        "holder.history": "oneself and the own family only", "holder.points": "oneself and the own family only",
    ].merging(jobsExempt) { $1 }.merging(tariffsExempt) { $1 }.merging(ticketsExempt) { $1 }

    @Test func `each method that names an object of a card system is here, or says why not`() {
        let covered = Set(Self.calls.map(\.method)).union(Self.exempt.keys)
        for method in Registry.all where !method.declared.access.isPublic {
            let staff = method.declared.access.ways.contains { $0 != .operator && $0 != .pillar }
            let names = method.declaration.parameters.map(\.name)
            let takesObject = names.contains {
                $0.hasSuffix("Id") || $0.hasSuffix("Ids") || $0.hasPrefix("cardNumber") || $0 == "insz"
            }
            #expect(!staff || !takesObject || covered.contains(method.name), "\(method.name)")
        }
        #expect(covered.isSubset(of: Registry.all.map(\.name)))
        #expect(Set(Self.calls.map(\.method)).isDisjoint(with: Self.exempt.keys))
    }

    /// The id of some row of the other card system, or the number of a card.
    private static func foreign(_ table: String) -> SQL {
        switch table {
        case "account": "select account_id::text from counter_member where card_system_id = \(SceneData.there) limit 1"
        case "card": "select number from card where card_system_id = \(SceneData.there) limit 1"
        case "card_system": "select \(SceneData.there)::text"
        case "pass_holder": "select holder_id::text from membership where card_system_id = \(SceneData.there) limit 1"
        default:
            """
            select (xpath('/table/row/id/text()', query_to_xml(format(
                'select id from %I where card_system_id = %L limit 1', \(table)::text, \(SceneData.there)),
                false, false, '')))[1]::text
            """
        }
    }

    private static let nowhere = ID<Never>(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001).text
    private static let noCard = CardNumber(prefix: "0900", serial: 999, opportunity: false)!.text
    private static let names = [
        ("THERE", SceneData.there.text), ("HERE", SceneData.here.text),
        ("LIBRARY", SceneData.Place.library.counter.text), ("EVENT", SceneData.alwaysOpen.text),
        ("HOLDER1", Scene.Holder(1).id.text), ("HOLDER", Scene.Holder(1).id.text), ("CARD1", Scene.Holder(1).number),
    ]

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

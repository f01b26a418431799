import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// `ksbd verify` finds what a hand in the database did, and says what it is.
@Suite(.scene) struct VerificationTests {
    /// Something that somebody does who may do everything, and the checks that must find it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        let what: String
        let statements: [SQL]
        let checks: Set<String>

        init(_ what: String, _ statements: SQL..., foundBy checks: String...) {
            (self.what, self.statements, self.checks) = (what, statements, Set(checks))
        }

        var testDescription: String { what }
    }

    static let sum = "I2 the sum over all accounts of a unit is zero"
    static let fold = "I3 kept balances equal the fold over their transfers"
    static let held = "I3 held amounts equal the holds that run"
    static let units = "I4 transfers know their accounts, and both are of their unit"
    static let holds = "I8 no hold is posted beyond its amount"
    static let reversals = "I9 a reversal takes back what it reverses"
    static let places = "every check-in knows its event, holder, card and place"
    static let posted = "every check-in has posted what it gives, and nothing once it is cancelled"
    static let accounts = "every pass holder has one account of points"
    static let cards = "current cards are cards of the same person and card system"
    static let life = "the steps of every card follow each other and add up to its status"
    static let merges = "a merged record leads to a kept one, and has no cards"
    static let tickets = "a group's tickets of a year add up to its entries"
    static let groupCards = "a group's cards are of its card system"
    static let families = "the main member is in every family"
    static let schools = "where pass holders go to school is a school"
    static let chains = "I20 the audit chains verify from their first link"

    static let holder = Scene.Holder(1)
    static let first: SQL = "(select id from transfer where reason = 'checkIn' order by id limit 1)"
    static let here: SQL = "card_system_id = \(SceneData.here)"

    static let tamperings = foundation + redemptions

    private static let foundation: [Tampering] = [
        Tampering(
            "a record that has a card is said to be merged",
            """
            update pass_holder set merged_into = \(holder.id), status = 'blocked' where id = \(Scene.Holder(2).id)
            """, foundBy: merges),
        Tampering(
            "a balance is raised",
            "update ledger_account set posted_credit = posted_credit + 5 where id = \(holder.account)",
            foundBy: sum, fold),
        Tampering(
            "points are moved between two balances",
            "update ledger_account set posted_credit = posted_credit - 1 where id = \(holder.account)",
            "update ledger_account set posted_credit = posted_credit + 1 where id = \(Scene.Holder(2).account)",
            foundBy: fold),
        Tampering(
            "a held amount is let go", "update ledger_account set held_debit = 0 where id = \(Scene.Holder(3).account)",
            foundBy: held),
        Tampering(
            "a transfer is removed", "delete from transfer where id = \(fragment: first)", foundBy: sum, fold, posted),
        Tampering(
            "a transfer's amount is changed", "update transfer set amount = amount + 1 where id = \(fragment: first)",
            foundBy: sum, fold, posted),
        Tampering(
            "a transfer is of another unit", "update transfer set unit = 'eur' where id = \(fragment: first)",
            foundBy: sum, units),
        Tampering(
            "a transfer names an account that is not there",
            "update transfer set debit_account_id = \(LedgerAccountID(high: 1, low: 1)) where id = \(fragment: first)",
            foundBy: sum, units, posted),
        Tampering(
            "a transfer without a check-in, with its balance",
            """
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason, event_at, recorded_at)
            select gen_random_uuid(), gen_random_uuid(), card_system_id, unit, debit_account_id, credit_account_id, 7,
                reason, event_at, recorded_at
            from transfer where id = \(fragment: first)
            """,
            """
            update ledger_account a set posted_credit = posted_credit + 7 from transfer t
            where t.id = \(fragment: first) and a.id = t.credit_account_id
            """, foundBy: posted),
        Tampering("a check-in is removed", "delete from check_in where holder_id = \(holder.id)", foundBy: posted),
        Tampering(
            "a check-in gives more", "update check_in set points = 20 where holder_id = \(holder.id)", foundBy: posted),
        Tampering(
            "a check-in is of an unknown event", "update check_in set event_id = \(EventID(high: 1, low: 1))",
            foundBy: places),
        Tampering(
            "a check-in is marked as cancelled",
            "update check_in set cancelled_at = checked_in_at, slot = null where holder_id = \(holder.id)",
            foundBy: posted),
        Tampering(
            "a cancelled check-in stands again",
            "update check_in set cancelled_at = null where cancelled_at is not null",
            foundBy: posted),
        Tampering(
            "a hold was posted beyond its amount",
            "update hold set amount = 1 where id in (select hold_id from hold_end where how = 'posted')", foundBy: holds
        ),
        Tampering(
            "a reversal is of another amount", "update transfer set amount = amount + 1 where reverses_id is not null",
            foundBy: sum, fold, reversals),
        Tampering(
            "a person loses the account", "delete from ledger_account where owner_id = \(Scene.Holder(50).id)",
            foundBy: accounts),
        Tampering(
            "a card of somebody else is current",
            "update membership set current_card_id = \(Scene.Holder(5).card) where holder_id = \(holder.id)",
            foundBy: cards),
        Tampering(
            "a card is blocked without a step",
            "update card set status = 'blocked' where id = \(Scene.Holder(7).card)", foundBy: life),
        Tampering(
            "a step of a card is removed",
            "delete from card_step where card_id = \(Scene.Holder(6).card) and to_status = 'blocked'", foundBy: life),
        Tampering(
            "a step is added behind the last",
            """
            insert into card_step (card_id, version, card_system_id, step, from_status, to_status, at)
            values (\(holder.card), 2, \(SceneData.here), 'block', 'active', 'blocked', \(SceneData.start))
            """, foundBy: life),
        Tampering(
            "a group gets a ticket more", "update group_allowance set remaining = remaining + 1", foundBy: tickets),
        Tampering(
            "a group goes to another card system",
            "update group_pass set card_system_id = \(SceneData.there) where id = \(SceneData.group)",
            foundBy: groupCards),
        Tampering(
            "a family loses its main member", "delete from family_member where main_id = member_id", foundBy: families),
        Tampering("a school is one no more", "update counter set is_school = false", foundBy: schools),
        Tampering(
            "an audit row is changed",
            "update audit set details = '{}' where details <> '{}' and sequence = 1 and \(fragment: here)",
            "update audit set outcome = 'limit.reached' where sequence = 1 and \(fragment: here)", foundBy: chains),
        Tampering(
            "an audit row is changed with its digest",
            "update audit set method = 'x', digest = sha256('x') where sequence = 2 and \(fragment: here)",
            foundBy: chains),
        Tampering(
            "an audit row is deleted", "delete from audit where sequence = 2 and \(fragment: here)", foundBy: chains),
        Tampering(
            "the last audit row is deleted with its link",
            "delete from audit a using tenant_head h where h.card_system_id = a.card_system_id and a.link = h.link",
            """
            delete from audit_link a using tenant_head h where h.card_system_id = a.card_system_id and a.link = h.link
            """,
            foundBy: chains),
        Tampering(
            "an audit row is added behind the last link",
            """
            insert into audit select card_system_id, sequence + 1000, link, at, actor_kind, actor_id, counter_id,
                method, outcome, object_id, details, digest
            from audit where sequence = 1 and \(fragment: here)
            """, foundBy: chains),
        Tampering("a link is deleted", "delete from audit_link where link = 1 and \(fragment: here)", foundBy: chains),
        Tampering(
            "a chain's head goes back", "update tenant_head set link = link - 1 where \(fragment: here)",
            foundBy: chains),
        Tampering("a chain loses its head", "delete from tenant_head where \(fragment: here)", foundBy: chains),
    ]

    /// Some of everything: check-ins, one cancelled; a hold that runs, one that was posted; a reversal.
    private static func work(_ scene: Scene) async throws {
        let librarian = try await scene.peer(.librarian)
        let event = try await scene.event(2, points: 10)
        for holder in 1...4 { _ = try await scene.checkIn(librarian, .init(holder), event).get() }
        for step in ["card.block", "card.unblock"] {
            try await scene.ok(librarian, step, ["cardNumber": .string(Scene.Holder(6).number), "reason": "lost"])
        }
        try await scene.ok(
            librarian, "groupPassAllowance.change",
            ["groupPassId": .string(SceneData.group.text), "change": 2, "reason": "feast"])
        try await scene.ok(
            librarian, "family.add",
            ["passHolderId": .string(holder.id.text), "cardNumber": .string(Scene.Holder(2).number)])
        let library = JSON.string(SceneData.Place.library.counter.text)
        try await scene.ok(scene.peer(.administrator), "counter.update", ["counterId": library, "isSchool": true])
        try await scene.ok(
            librarian, "passHolder.setSchool", ["passHolderId": .string(holder.id.text), "schoolId": library])
        try await redeem(scene)
        let mistake = try await scene.checkIn(librarian, .init(2)).get()
        try await scene.ok(librarian, "checkIn.cancel", ["checkInId": mistake["id"]!])
        try await scene.hold(4, of: .init(3), until: scene.now + .hours(1))
        let hold = try await scene.hold(4, of: .init(4), until: scene.now + .hours(1))
        try await scene.ledger { _ = try LedgerHolds.post(hold, amount: 3, $1, in: $0) }
        let group = try await scene.post([Scene.spending(1, of: .init(4))])
        try await scene.ledger { _ = try LedgerWriter.reverse(group, as: ID(at: $1.recordedAt), $1, in: $0) }
    }

    @Test func `a database that was left alone is sound, and every check says what it looked at`() async throws {
        try await Scene.with { scene in
            try await Self.work(scene)
            var counts: [String: Int] = [:]
            let isSound = try Verification.run(ConnectionSettings(OwnDatabase.conninfo), logger: Scene.logger) {
                #expect($0.faults == [], "\($0.check)")
                counts[$0.check] = $0.count
            }
            #expect(isSound)
            #expect(counts[Self.posted] == 5 && counts[Self.accounts] == Scene.Holder.count)
            let audited = try await scene.count("audit")
            #expect(counts[Self.chains] == audited)
            // What is looked for below is among what there is.
            #expect(Self.tamperings.reduce(into: Set()) { $0.formUnion($1.checks) } == Set(counts.keys))
        }
    }

    @Test(arguments: tamperings)
    func `what somebody does by hand is found by the right check`(tampering: Tampering)
        async throws
    {
        try await Scene.with { scene in
            try await Self.work(scene)
            try await scene.owner.transaction {
                // As one does who gets round the triggers.
                try $0.execute("set local session_replication_role = replica")
                for statement in tampering.statements { try $0.execute(statement) }
            }
            let faults = try scene.verify()
            #expect(Set(faults.keys) == tampering.checks, "\(faults)")
        }
    }
}

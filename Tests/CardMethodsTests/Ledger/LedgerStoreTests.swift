import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The ledger as it is stored: what the database itself does not let happen, and who is first of two.
@Suite(.scene) struct LedgerStoreTests {
    /// A daemon whose first two holders have so many points.
    static func withPoints<R>(_ points: Int, _ body: (Scene) async throws -> R) async throws -> R {
        try await Scene.with { scene in
            let issued = PointsAccount.issued.platformAccount!
            for holder in [Scene.Holder(1), Scene.Holder(2)] {
                let posting = try Posting(debit: issued, credit: holder.account, amount: points, unit: .point)
                try await scene.post([posting])
            }
            return try await body(scene)
        }
    }

    static let appendOnly = ["transfer", "hold", "hold_end", "audit", "audit_link"]

    @Test(arguments: appendOnly)
    func `I4 what was written in the ledger and the audit trail stays`(table: String)
        async throws
    {
        try await Self.withPoints(10) { scene in
            let hold = try await scene.hold(1, of: .init(1), until: scene.now + .hours(1))
            try await scene.ledger { try LedgerHolds.void(hold, $1, in: $0) }
            try await scene.settings(of: SceneData.alwaysOpen, points: 2)
            for role in ["ksbd_app", "ksbd_platform", "postgres"] {
                for statement in [
                    "update \(table) set card_system_id = card_system_id", "delete from \(table)",
                    "truncate \(table) cascade",
                ] {
                    let state = await scene.failure(of: statement, as: role)
                    // The superuser has every grant: the trigger stops him.
                    #expect(state == (role == "postgres" ? "23001" : "42501"), "\(role): \(statement)")
                }
            }
            #expect(try await scene.count("hold") == 1)
        }
    }

    @Test func `the daemon's roles delete nothing that is history, and own nothing`() async throws {
        try await Scene.with { scene in
            for role in ["ksbd_app", "ksbd_platform"] {
                for table in [
                    "check_in", "pass_holder", "membership", "card", "ledger_account", "event", "pillar", "counter",
                ] {
                    #expect(await scene.failure(of: "delete from \(table)", as: role) == "42501", "\(role): \(table)")
                }
                #expect(await scene.failure(of: "drop table check_in", as: role) == "42501")
                #expect(await scene.failure(of: "alter table transfer disable trigger all", as: role) == "42501")
            }
            #expect(await scene.failure(of: "update platform set world = 'test'", as: "ksbd_app") == "42501")
            #expect(await scene.failure(of: "delete from idempotency", as: "ksbd_app") == "42501")
            #expect(await scene.failure(of: "update idempotency set is_refusal = true", as: "ksbd_platform") == "42501")
        }
    }

    static let tenantTables: [SQL] = ["transfer", "check_in", "audit", "idempotency"]

    @Test(arguments: tenantTables.indices)
    func `the ledger of a card system is not seen by another`(index: Int) async throws {
        let statement: SQL = "select distinct card_system_id from \(fragment: Self.tenantTables[index])"
        try await Scene.with { scene in
            let elsewhere = try await scene.event(3, of: .elsewhere)
            _ = try await scene.checkIn(scene.peer(.librarian), .init(1)).get()
            _ = try await scene.checkIn(scene.peer(.clerkElsewhere), .init(1), elsewhere).get()
            for cardSystems in [[], [SceneData.here], [SceneData.here, SceneData.there]] as [[CardSystemID]] {
                let tenants = cardSystems.map(\.text).joined(separator: ",")
                let seen = try await scene.services.database.transaction(
                    opening: ["select set_config('ksbd.tenants', \(tenants), true)"]
                ) { try $0.query(statement).map { try $0[0] as CardSystemID } }
                // What concerns no card system is seen by all.
                #expect(Set(seen).subtracting([.nil]) == Set(cardSystems))
            }
        }
    }

    @Test func `I5 nobody goes below nothing, by the ledger or by hand`() async throws {
        try await Self.withPoints(10) { scene in
            await #expect(throws: Refusal.self) { try await scene.spend(11, .init(1)) }
            try await scene.hold(8, of: .init(1), until: scene.now + .hours(1))
            await #expect(throws: Refusal.self) { try await scene.spend(3, .init(1)) }
            await #expect(throws: Refusal.self) {
                try await scene.hold(3, of: .init(1), until: scene.now + .hours(1))
            }
            try await scene.spend(2, .init(1))
            let account = Scene.Holder(1).account.text
            #expect(
                await scene.failure(
                    of: "update ledger_account set posted_debit = posted_debit + 1 where id = '\(account)'",
                    as: "postgres")
                    == "23514")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `I1 I6 a group is posted whole or not at all`() async throws {
        try await Self.withPoints(10) { scene in
            let before = try await scene.balances()
            let postings = try [Scene.spending(4, of: .init(1)), Scene.spending(11, of: .init(2))]
            await #expect(throws: Refusal.self) { try await scene.post(postings) }
            #expect(try await scene.balances() == before)
            #expect(try await scene.count("transfer") == 2)
            // One may feed the next: only the end counts.
            let passOn = try [
                Posting(debit: Scene.Holder(1).account, credit: Scene.Holder(2).account, amount: 10, unit: .point),
                Scene.spending(20, of: .init(2)),
            ]
            try await scene.post(passOn)
            #expect(try await [1, 2].asyncMap { try await scene.points(.init($0)) } == [0, 0])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `I9 a group is taken back once, and only if the amounts are there`() async throws {
        try await Self.withPoints(10) { scene in
            let group = try await scene.post([Scene.spending(4, of: .init(1)), Scene.spending(3, of: .init(2))])
            let reverse: @Sendable (Transaction, LedgerNote) throws -> Void = {
                try LedgerWriter.reverse(group, as: ID(at: $1.recordedAt), $1, in: $0)
            }
            let results = await withTaskGroup(of: RefusalKind?.self) { tasks in
                for _ in 0..<6 {
                    tasks.addTask {
                        do {
                            try await scene.ledger(reverse)
                            return nil
                        } catch { return (error as? Refusal)?.kind }
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.count { $0 == .transferAlreadyReversed } == 5)
            #expect(try await [1, 2].asyncMap { try await scene.points(.init($0)) } == [10, 10])
            // The points of the second were given and are spent: they cannot be taken back.
            let issued = PointsAccount.issued.platformAccount!
            let gift = try await scene.post([
                Posting(debit: issued, credit: Scene.Holder(2).account, amount: 5, unit: .point)
            ])
            try await scene.spend(12, .init(2))
            await #expect(throws: Refusal.self) {
                try await scene.ledger { try LedgerWriter.reverse(gift, as: ID(at: $1.recordedAt), $1, in: $0) }
            }
            #expect(try scene.verify() == [:])
        }
    }

    /// How a hold ends: what is done, and what is free and spent then, of ten points of which six were held.
    static let ends: [(name: String, end: @Sendable (HoldID, Transaction, LedgerNote) throws -> Void, spent: Int)] = [
        ("posted in full", { try LedgerHolds.post($0, amount: 6, $2, in: $1) }, 6),
        ("posted with less", { try LedgerHolds.post($0, amount: 2, $2, in: $1) }, 2),
        ("voided", { try LedgerHolds.void($0, $2, in: $1) }, 0),
        ("expired", { try LedgerHolds.expire(at: $2.recordedAt + .hours(2), $1) }, 0),
    ]

    @Test(arguments: ends.indices) func `I8 a hold ends once, in whatever way is first`(index: Int) async throws {
        try await Self.withPoints(10) { scene in
            let hold = try await scene.hold(6, of: .init(1), until: scene.now + .hours(1))
            let end = Self.ends[index]
            try await scene.ledger { try end.end(hold, $0, $1) }
            #expect(try await scene.points(.init(1)) == 10 - end.spent)
            for other in Self.ends.dropLast() {
                await #expect(throws: Refusal(.holdEnded)) { try await scene.ledger { try other.end(hold, $0, $1) } }
            }
            try await scene.ledger { try LedgerHolds.expire(at: $1.recordedAt + .hours(3), $0) }
            #expect(try await scene.count("hold_end") == 1)
            try await scene.spend(10 - end.spent, .init(1))
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `I8 a hold whose time has come keeps nothing, and more than was held is never posted`() async throws {
        try await Self.withPoints(10) { scene in
            let late = try await scene.hold(6, of: .init(1), until: scene.now)
            await #expect(throws: Refusal(.holdEnded)) {
                try await scene.ledger { _ = try LedgerHolds.post(late, amount: 6, $1, in: $0) }
            }
            let hold = try await scene.hold(3, of: .init(2), until: scene.now + .hours(1))
            await #expect(throws: (any Error).self) {
                try await scene.ledger { _ = try LedgerHolds.post(hold, amount: 4, $1, in: $0) }
            }
            #expect(try await scene.points(.init(2)) == 10)
            await #expect(throws: Refusal(.holdEnded)) {
                try await scene.ledger { _ = try LedgerHolds.post(ID(at: $1.recordedAt), amount: 1, $1, in: $0) }
            }
        }
    }

    @Test func `I5 many who spend at once, crosswise, spend what is there and no more`() async throws {
        try await Self.withPoints(20) { scene async throws in
            let done = await withTaskGroup(of: Bool.self) { group in
                for turn in 0..<30 {
                    group.addTask {
                        let holders = turn % 2 == 0 ? [1, 2] : [2, 1]
                        do {
                            try await scene.post(holders.map { try Scene.spending(3, of: .init($0)) })
                            return true
                        } catch { return false }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(done == 6)
            #expect(try await [1, 2].asyncMap { try await scene.points(.init($0)) } == [2, 2])
            #expect(try scene.verify() == [:])
        }
    }
}

extension Scene {
    /// Posts a group and tells its id.
    @discardableResult
    func post(_ postings: [Posting]) async throws -> TransferID {
        let id = TransferID(at: now)
        try await ledger { _ = try LedgerWriter.post(TransferGroup(id: id, postings: postings), $1, in: $0) }
        return id
    }

    /// Everything that accounts keep, as text.
    func balances() async throws -> String {
        try await value("select string_agg(a::text, ' ' order by id) from ledger_account a")
    }

    /// The SQLSTATE with which a script fails for a role; nothing stays of one that does not fail.
    fileprivate func failure(of script: String, as role: String) async -> String {
        do {
            try await owner.transaction {
                try $0.script("set local role \(role); \(script)")
                throw CancellationError()
            } as Void
            return "none"
        } catch { return (error as? PostgresError)?.sqlState ?? "\(error)" }
    }
}

import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Every kind of refusal is reached, and changes nothing.
@Suite(.scene) struct RefusalCoverageTests {
    @Test func `each kind of refusal has a script`() {
        #expect(
            RefusalScripts.first.map(\.kind?.rawValue).sorted { $0 ?? "" < $1 ?? "" }
                == RefusalKind.allCases.map(\.rawValue).sorted())
    }

    @Test(
        arguments: RefusalScripts.first + RefusalScripts.further + RefusalScripts.furtherCards
            + RefusalScripts.furtherSales)
    func `each kind of refusal comes about, and leaves everything as it was`(_ script: RefusalScript) async throws {
        var settings = MethodSettings.scene
        settings.identityIssuers = RefusalScriptRun.issuers
        settings.allowsClockControl = !script.steps.contains("without clock.control")
        try await Scene.with(settings: settings) { scene in
            var run = RefusalScriptRun(scene)
            for step in script.steps.dropLast() {
                let kinds = try await run.take(step)
                try #require(kinds.isEmpty, "\(step): \(kinds)")
            }
            let before = try await scene.contents()
            let kinds = try await run.take(script.steps.last!)
            #expect(kinds == script.reasons)
            let after = try await scene.contents()
            #expect(before.filter { after[$0.key] != $0.value }.keys.sorted() == [])
        }
    }

    @Test func `every kind that the rules know is declared by a method, but for those of the ledger`() {
        let declared = Set(Registry.all.flatMap { $0.declaration.errors.map(\.kind) })
        let undeclared = RefusalKind.allCases.map(\.rawValue).filter { !declared.contains($0) }
        #expect(undeclared == ["ledger.insufficient", "ledger.holdEnded", "ledger.alreadyReversed"])
    }

    @Test func `a method that writes leaves its trace in what a refusal may not touch`() async throws {
        try await Scene.with { scene in
            let before = try await scene.contents()
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update",
                ["cardSystemId": .string(SceneData.here.text), "website": "https://a.example"])
            let after = try await scene.contents()
            #expect(before.filter { after[$0.key] != $0.value }.keys.sorted() == ["card_system", "platform"])
        }
    }
}

extension Scene {
    /// A digest of each table, without what a refusal may leave behind: its stored answer, its trace in the trail, a
    /// security event, and what accounts and sessions count of attempts.
    func contents() async throws -> [String: String] {
        let rows = try await owner.transaction { transaction in
            try transaction.query(
                """
                select relname::text, md5(query_to_xml(format(
                    'select to_jsonb(t) - ''{failed_logins,last_failed_at,locked_at}''::text[] as line from %I t order
                        by 1',
                    relname), false, false, '')::text)
                from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                    and relname not in ('idempotency', 'audit', 'audit_link', 'tenant_head', 'security_event',
                        'session', 'insz_read')
                """
            ).map { (try $0[0] as String, try $0[1] as String) }
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}

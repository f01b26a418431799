import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What PostgreSQL gives up for the sake of others, who crossed it, is done again from its beginning.
@Suite(.scene) struct RetryTests {
    /// Every crossing counts, for sequences are not undone: serialisation failures and deadlocks by turns.
    @Test(arguments: CommitOutcomeTests.writes, [(crossings: 3, answer: "answered"), (crossings: 8, answer: "-32005")])
    func `a transaction that crossed others is run again, a few times`(
        write: IdempotencyTests.Write, way: (crossings: Int, answer: String)
    ) async throws {
        try await Scene.with { scene in
            try await scene.sql(
                "create sequence crossing", "grant all on sequence crossing to public",
                "select setval('crossing', \(9 - way.crossings))",
                """
                create function cross_another() returns trigger language plpgsql as $$
                declare turn bigint := nextval('crossing');
                begin
                    if turn < 10 then
                        raise exception using errcode = case when turn % 2 = 0 then '40001' else '40P01' end;
                    end if;
                    return null;
                end $$
                """,
                """
                create trigger cross_another after insert on audit
                for each statement execute function cross_another()
                """)
            let kinds = await scene.call(try scene.peer(write.person), write.method, write.params, key: "k").kinds
            #expect(kinds.map { $0.prefix { $0 != " " } } == [way.answer[...]])
            #expect(try await scene.count(write.effects) == (way.answer == "answered" ? 1 : 0))
            #expect(try scene.verify() == [:])
        }
    }
}

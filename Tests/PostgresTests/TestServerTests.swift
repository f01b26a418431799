import Postgres
import Testing

@testable import TestSupport

struct TestServerTests {
    @Test(arguments: [
        ("host=/tmp", true), ("dbname=x", false), ("host=localhost", true), ("host=127.0.0.1,/run", true),
        ("host=::1", true),
        ("host=db.example.org", false), ("host=/tmp,10.0.0.1", false), ("hostaddr=192.168.1.1 host=localhost", false),
        ("service=prod", false),
    ])
    func `only databases on this machine are taken for tests`(conninfo: String, isLocal: Bool) throws {
        #expect(TestServer.isLocal(try ConnectionSettings.keywords(of: conninfo)) == isLocal)
    }

    @Test func `a template is prepared once, and its copies are apart`() async throws {
        let prepared = try await withThrowingTaskGroup(of: String.self) { group in
            let template = TestServer.Template("prepared_once") { conninfo in
                try Connection(ConnectionSettings(conninfo)).script("create table only_once (n bigint)")
                try await Task.sleep(for: .milliseconds(20))
            }
            for _ in 0..<3 { group.addTask { try await TestServer.shared.createDatabase(template) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(prepared).count == 3)
        for name in prepared {
            let connection = try Connection(ConnectionSettings(TestServer.shared.conninfo(database: name)))
            try connection.run(["insert into only_once values (1)"])
            #expect(try connection.run(["select from only_once"])[0].count == 1)
        }
        for name in prepared { try await TestServer.shared.dropDatabase(name) }
    }
}

import JSONRPC
import Logging
import Postgres
import TestSupport
import Testing

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct LogSecretTests {
    private static let password = "geheim-wachtwoord-7"
    private static let insz = "93.05.18-223.61"

    /// What must never be read in a log.
    private static var secrets: [String] {
        let facts = ServedWorld.facts
        return [
            password, insz, insz.filter(\.isNumber), "VERBORGEN", "Zwanehals", "zwanehals", facts.operatorToken,
            facts.coordinatorToken, facts.pillarCredential, facts.chips[0],
        ]
    }

    @Test func `nothing that is secret or personal reaches the log, even when the database fails`() async throws {
        try await withDaemon(["KSBD_LOG_LEVEL": "trace"]) { daemon in
            let facts = ServedWorld.facts
            func callAll() async throws {
                let known = try await daemon.connect(as: facts.coordinatorToken)
                let pillar = try await daemon.connect(as: facts.pillarCredential)
                let key: JSON = .string("log \(UInt32.random(in: 0 ... .max))")
                let person: JSON = [
                    "cardSystemId": .string(facts.cardSystem), "firstName": "Zwanehals", "name": "Zwanehals",
                    "dateOfBirth": "1993-05-18", "cardType": "digital", "legalTermsPaper": true,
                    "insz": .string(Self.insz),
                    "address": ["street": "Zwanehals 1", "postalCode": "9900", "city": "Eeklo"], "idempotencyKey": key,
                ]
                _ = try? await known.call("passHolder.register", person)
                _ = try? await known.call("pass.lookUp", ["insz": .string(Self.insz)])
                let account: JSON = [
                    "email": "zwanehals@example.org", "name": "Zwanehals", "password": .string(Self.password),
                    "language": "nl", "idempotencyKey": key,
                ]
                _ = try? await known.call("account.register", account)
                _ = try? await pillar.call(
                    "pillar.checkIn", ["chipNumber": .string(facts.chips[0]), "idempotencyKey": key])
                let login: JSON = ["email": "zwanehals@example.org", "password": .string(Self.password)]
                _ = try? await known.call("session.login", login)
                _ = try? await known.call("session.resume", ["token": "kss_VERBORGEN"])
                await known.send(#"{"jsonrpc":"2.0","id":1,"params":{"password":""# + Self.password + "\n")
                _ = try await known.message()
                _ = try await daemon.http(
                    "POST", "/rpc", headers: ["Authorization": "Bearer kss_VERBORGEN"], body: "{}")
            }
            try await callAll()
            // From now on PostgreSQL complains of the very rows that it is given.
            for table in ["account", "pass_holder", "check_in", "security_event"] {
                try Connection(ConnectionSettings(OwnDatabase.conninfo), logger: ServedWorld.logger)
                    .script("alter table \(table) add constraint refused check (id is null) not valid")
            }
            try await callAll()
            #expect(await eventually { daemon.errors.contains("unexpected error") }, "it failed for real")
            let text = daemon.errors + daemon.output
            for secret in Self.secrets { #expect(!text.contains(secret), "\(secret)") }
        }
    }
}

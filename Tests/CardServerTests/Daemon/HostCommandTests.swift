import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardServer

@Suite(.timeLimit(.minutes(5)))
struct HostCommandTests {
    private static let password = "a long enough password"

    @Test func `check-config shows what holds, and a wrong configuration ends with 78 and the nearest key`()
        async throws
    {
        let good = try await runProgram(["check-config"], database: nil)
        #expect(good.end == .exit(0) && good.output.contains("rpc.port"))
        let folder = try TestFolder()
        let file = try folder.write("ksbd.json", #"{"rpc": {"prot": 1}, "limits": {"batchCals": 3}}"#, mode: 0o644)
        for command in [
            ["check-config"], ["serve"], ["migrate"], ["verify"], ["account", "a@b.example", "--name", "A"],
        ] {
            let result = try await runProgram(command + ["--config", file], ["KSBD_HTTP_PROT": "1"], database: nil)
            #expect(result.end == .exit(78), "\(command)")
            for nearest in ["rpc.port", "limits.batchCalls", "KSBD_HTTP_PORT"] {
                #expect(result.errors.contains("did you mean \(nearest)?"), "\(command) \(result.errors)")
            }
        }
        #expect(try await runProgram(["check-config", "--config", "/nowhere"], database: nil).end == .exit(78))
        #expect(try await runProgram(["chekc-config"], database: nil).end == .exit(64))
    }

    @Test func `the interface, the example and the version are printed without a configuration`() async throws {
        let wrong = ["KSBD_NO_SUCH": "1"]
        let openRPC = try await runProgram(["openrpc"], wrong, database: nil)
        #expect(openRPC.end == .exit(0) && openRPC.output.hasPrefix("{\n") && openRPC.output.hasSuffix("\n}\n"))
        let example = try await runProgram(["check-config", "--example"], wrong, database: nil)
        #expect(example.end == .exit(0) && example.output == Configuration.example)
        #expect(try await runProgram(["--version"], wrong, database: nil).output == Host.version + "\n")
    }

    @Test(.emptyDatabase)
    func `a daemon does not serve tables that it does not know, and migrate brings them`() async throws {
        let early = try await runProgram(["serve"])
        #expect(
            early.end == .exit(78) && early.errors.contains("0001_platform.sql")
                && early.errors.contains("ksbd migrate"))
        let first = try await runProgram(["migrate"])
        #expect(first.end == .exit(0) && first.output.hasPrefix("Applied 0001_platform.sql, "))
        let second = try await runProgram(["migrate"])
        #expect(second.end == .exit(0) && second.output == "The tables are up to date.\n")
        let status = try await withDaemon { daemon in try await daemon.http("GET", "/ready").status }
        #expect(status == 200)
        _ = try ServedWorld.rows(
            """
            insert into schema_migration (name, sha256) values ('9999_future.sql', \(String(repeating: "0", count: 64)))
            returning name
            """)
        for command in ["serve", "migrate"] {
            let late = try await runProgram([command])
            #expect(late.end == .exit(78) && late.errors.contains("newer") && late.errors.contains("9999_future.sql"))
        }
    }

    @Test(.servedEmpty)
    func `the first operator is made on the host, and logs in with the password that was typed`() async throws {
        func make(_ email: String, _ password: String) async throws -> (end: DaemonProcess.End?, text: String) {
            let result = try await runProgram(["account", email, "--name", "Olga"], input: password)
            return (result.end, result.output + result.errors)
        }
        #expect(try await make("olga@example.org", "").end == .exit(1))
        let short = try await make("olga@example.org", "short\n")
        #expect(short.end == .exit(1) && short.text == "ksbd: the password must have 12 to 128 characters\n")
        #expect(try await make("olga", Self.password + "\n").end == .exit(1))
        #expect(try ServedWorld.count("select count(*) from account") == 0)
        let made = try await make("olga@example.org", Self.password + "\n")
        #expect(made.end == .exit(0) && made.text.contains("olga@example.org") && !made.text.contains(Self.password))
        let again = try await make("OLGA@example.org", Self.password + "\n")
        #expect(again.end == .exit(1) && again.text == "ksbd: There is an account with this e-mail address already.\n")
        try await withDaemon { daemon in
            let right: JSON = ["email": "olga@example.org", "password": .string(Self.password)]
            let wrong: JSON = ["email": "olga@example.org", "password": "a long enough passwort"]
            let socket = try daemon.connect()
            try await socket.call("session.login", right)
            await #expect(throws: TestSocket.Refused(code: 1000, kind: "account.credentialsWrong")) {
                try await daemon.connect().call("session.login", wrong)
            }
            #expect(try await socket.call("audit.list")["items"]?.array?.isEmpty == false)
        }
    }

    @Test(.servedWorld) func `verify proves a sound world, and finds what was tampered with`() async throws {
        let sound = try await runProgram(["verify"])
        #expect(sound.end == .exit(0) && sound.output.hasSuffix("All is well.\n") && !sound.output.contains("FAULT"))
        _ = try ServedWorld.rows(
            """
            update ledger_account set posted_credit = posted_credit + 1 where id = (
                select id from ledger_account where floor_rule <> 'none' order by id limit 1) returning id
            """)
        let tampered = try await runProgram(["verify"])
        #expect(tampered.end == .exit(1) && tampered.output.contains("FAULT  I3 kept balances"))
        #expect(tampered.output.hasSuffix("Not all is well: see the faults above.\n"))
    }

    @Test func `without a database the daemon runs its own, and commands beside it use that`() async throws {
        let folder = try TestFolder()
        let place = ["KSBD_DATA_DIRECTORY": folder.path + "/data"]
        try await withDaemon(place, database: nil) { daemon in
            let made = try await runProgram(
                ["account", "olga@example.org", "--name", "Olga"], place, database: nil, input: Self.password)
            #expect(made.end == .exit(0), "\(made.errors)")
            let login: JSON = ["email": "olga@example.org", "password": .string(Self.password)]
            _ = try await daemon.connect().call("session.login", login)
            #expect(try await runProgram(["verify"], place, database: nil).end == .exit(0))
            let second = try await runProgram(["serve"], place, database: nil)
            #expect(second.end == .exit(1) && second.errors.contains("\(daemon.process)"), "\(second.errors)")
            daemon.kill(SIGTERM)
            #expect(await daemon.end() == .exit(0))
        }
        #expect(try ChildProcess.run(["pgrep", "-f", folder.path]).output == "")
    }
}

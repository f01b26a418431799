import CardMethods
import Glibc
import JSONRPC
import TestSupport
import Testing

/// What `ksb` tells without a daemon.
struct ClientHelpTests {
    /// A port at which nobody listens.
    private let ksb: ClientProgram

    init() throws { ksb = try ClientProgram(1, token: "kss_none") }

    @Test func `help tells commands, exit statuses and areas, and explains a method`() async throws {
        for overview in [try await ksb(), try await ksb("help")] {
            #expect(overview.end == .exit(0) && overview.errors.isEmpty)
            for part in [
                "SUBCOMMANDS:", "  feed ", "  job ", "  import ", "PARAMETERS OF A CALL", "\n  77  not logged in",
                "passHolder",
            ] {
                #expect(overview.output.contains(part), "\(part)")
            }
        }
        let method = try await ksb("help", "card.block", "--lang", "nl")
        #expect(method.end == .exit(0))
        for part in ["card.block", "MEM-09", "cardNumber", "reason", "idempotencyKey", "card.notFound"] {
            #expect(method.output.contains(part), "\(part)")
        }
        let command = try await ksb("help", "job", "run")
        #expect(command.end == .exit(0) && command.output.contains("--outcome") && command.output.contains("--latin1"))
        #expect(try await ksb("help", "job").output.contains("job.retry"))
        let unknown = try await ksb("help", "no.such")
        #expect(unknown.end == .exit(64) && unknown.output.isEmpty && unknown.errors.hasPrefix("ksb: "))
    }

    @Test func `methods are listed as the daemon has them`() async throws {
        let names = try await ksb("methods", "--names").output.split(separator: "\n").map(String.init)
        #expect(names == Registry.all.map(\.declaration.name))
        #expect(
            try await ksb("methods", "feed", "--names").output.split(separator: "\n").allSatisfy {
                $0.hasPrefix("feed.")
            })
        for shell in ["bash", "zsh", "fish"] {
            let script = try await ksb("completions", shell)
            #expect(script.end == .exit(0) && script.output.contains("ksb"), "\(shell)")
        }
    }

    static let wrongLines: [(line: [String], hint: String)] = [
        (["frobnicate"], "frobnicate"),
        (["call"], "method"),
        (["call", "card.blok"], "did you mean card.block?"),
        (["call", "card.block", "cardNumer=1"], "did you mean cardNumber?"),
        (["call", "card.list", "--key", "k"], "--key k is of no use"),
        (["call", "card.block", "--params", "[]"], "must be a JSON object"),
        (["call", "card.block", "cardNumber=@/nowhere"], "/nowhere"),
        (["call", "card.list", "--timeout", "0"], "--timeout must be at least 1"),
        (["call", "card.list", "--profile", "../x"], "--profile"),
        (["job", "run", "no.such", "/dev/null"], "no.such"),
        (["import", "cards", "/dev/null", "--param", "nummer=1"], "nummer"),
        (["feed", "follow"], "--card-system"),
    ]

    @Test(arguments: wrongLines)
    func `a wrong command line ends with 64, and says what is wrong`(line: [String], hint: String) async throws {
        let program = try ksb.start(line)
        #expect(await program.end() == .exit(64))
        #expect(program.output.isEmpty && program.errors.contains(hint), "\(program.errors)")
    }

    @Test func `where no daemon listens, the status is 69`() async throws {
        for line in [["ping"], ["call", "cardSystem.list"]] {
            let program = try ksb.start(line)
            #expect(await program.end() == .exit(69))
            #expect(program.output.isEmpty && program.errors.hasPrefix("ksb: no connection: "), "\(program.errors)")
        }
    }

    @Test func `a session that others can read is not used, and the status is 73`() async throws {
        chmod(ksb.sessionFile, 0o644)
        let open = try await ksb("whoami")
        #expect(open.end == .exit(73) && open.errors.contains(ksb.sessionFile) && open.errors.contains("chmod 600"))
    }
}

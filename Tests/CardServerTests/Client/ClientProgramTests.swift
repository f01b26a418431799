import CardRules
import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

/// `ksb` as people use it, with a daemon.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct ClientProgramTests {
    private static func withClient(
        _ token: String? = ServedWorld.facts.coordinatorToken,
        _ body: (ClientProgram, DaemonProcess) async throws -> Void
    ) async throws {
        try await withDaemon { daemon in try await body(ClientProgram(daemon.rpcPort, token: token), daemon) }
    }

    /// Numbers of active cards of the region.
    private static func cardNumbers(_ count: Int) throws -> [String] {
        try ServedWorld.rows(
            """
            select number from card where status = 'active' and card_system_id::text = \(ServedWorld.facts.cardSystem)
            order by number limit \(count)
            """
        ).map { try $0[0] }
    }

    @Test func `who logs in is known until he logs out`() async throws {
        try await Self.withClient(nil) { ksb, _ in
            let (email, password) = ("olga@example.org", "a long enough password")
            #expect(try await runProgram(["account", email, "--name", "Olga"], input: password).end == .exit(0))
            let stranger = try await ksb("whoami")
            #expect(stranger.end == .exit(77) && stranger.errors.contains("ksb: log in: ksb login EMAIL"))
            let wrong = try await ksb("login", email, "--password-file", "-", input: "no such password\n")
            #expect(wrong.end == .exit(1) && wrong.errors.contains("account.credentialsWrong"), "\(wrong.errors)")
            // After a wrong password the next try must wait, which has a status of its own.
            var login = wrong
            let isIn = try await eventually {
                login = try await ksb("login", email, environment: ["KSB_PASSWORD": password])
                return login.end != .exit(75)
            }
            #expect(isIn, "\(login.errors)")
            #expect(login.end == .exit(0) && login.output.contains("as \(email)"), "\(login.errors)")
            #expect(!login.output.contains(password) && !login.errors.contains(password))
            #expect(try await ksb("whoami").output.contains(email))
            #expect(try await ksb("logout").end == .exit(0))
            #expect(access(ksb.sessionFile, F_OK) != 0)
            #expect(try await ksb("whoami").end == .exit(77))
        }
    }

    @Test func `a result is JSON, a table or CSV, and a list comes whole if it is asked for`() async throws {
        try await Self.withClient { ksb, _ in
            let list = ["call", "pillar.list", "limit=1"]
            func get(_ options: String...) async throws -> String {
                let program = try ksb.start(list + options)
                #expect(await program.end() == .exit(0), "\(program.errors)")
                return program.output
            }
            let first = try await JSON(parsing: Array(get().utf8))
            #expect(first["items"]?.array?.count == 1 && first["nextCursor"]?.string != nil)
            let names = ["CID-AAL-001", "CID-ZEL-001", "FREE-1"]
            let csv = try await get("--all", "--csv", "--columns", "name,showsCheckInCode")
            #expect(
                csv.split(separator: "\r\n").map(String.init).sorted()
                    == names.map { "\($0),\($0 == "FREE-1")" } + ["name,showsCheckInCode"])
            let table = try await get("--all", "--table", "--columns", "name").split(separator: "\n").map(String.init)
            #expect(table.prefix(2) == ["name", "───────────"] && Set(table).isSuperset(of: names), "\(table)")
            // No rows, but the columns that there would be.
            let none = try await ksb("call", "job.list", "--csv")
            #expect(none.end == .exit(0) && none.output.hasPrefix("id,") && none.output.count { $0.isNewline } == 1)
        }
    }

    @Test func `a refusal ends with 1 and is told in nl, en and fr`() async throws {
        try await Self.withClient { ksb, _ in
            let number = try #require(try Self.cardNumbers(1).first)
            let parameters = #"{"cardNumber": "\#(number)", "reason": "lost"}"#
            // Twice with one key: it is carried out once, so that it is not refused.
            for _ in 0..<2 {
                let block = try await ksb("call", "card.block", "--params", "-", "--key", "k", input: parameters)
                #expect(block.end == .exit(0), "\(block.errors)")
            }
            let text = RefusalKind.cardBlocked.text
            let languages = [
                ("nl_BE.UTF-8", text.nl), ("C.UTF-8", text.en), ("fr_BE.UTF-8", text.fr),
            ]
            for (locale, text) in languages {
                let again = try await ksb(
                    "call", "card.block", "cardNumber=\(number)", "reason=x", environment: ["LANG": locale])
                #expect(again.end == .exit(1) && again.output.isEmpty)
                #expect(
                    again.errors.hasPrefix("ksb: refused: card.blocked\nksb:   \(text) [card.blocked]"),
                    "\(again.errors)")
            }
            let chosen = try await ksb("call", "card.block", "cardNumber=\(number)", "reason=x", "--lang", "fr")
            #expect(chosen.errors.contains(text.fr))
        }
    }

    @Test func `what the daemon finds wrong with parameters ends with 64, a right that lacks with 77`() async throws {
        try await Self.withClient { ksb, _ in
            let wrong = try await ksb("call", "card.block", "cardNumber=12", "reason=x")
            #expect(wrong.end == .exit(64) && wrong.errors.contains("/cardNumber"), "\(wrong.errors)")
            let missing = try await ksb("call", "card.block")
            #expect(missing.end == .exit(64) && missing.errors.contains("/reason"), "\(missing.errors)")
            let denied = try await ksb("call", "cardSystem.create", "name=x")
            #expect(denied.end == .exit(77) && !denied.errors.contains("log in"), "\(denied.errors)")
        }
    }

    @Test func `a file with three bad rows is tried out, done, and told row by row`() async throws {
        try await Self.withClient { ksb, _ in
            let numbers = try Self.cardNumbers(4)
            _ = try await ksb("call", "card.block", "cardNumber=\(numbers[3])", "reason=x")
            let odd = String(numbers[0].dropLast()) + String((Int(numbers[0].suffix(1))! + 1) % 10)
            let rows = [numbers[0], odd, "\"\(numbers[1])\"", numbers[3], numbers[2], numbers[2] + "1"]
            let reason = "\"verloren; of \"\"weg\"\"\""
            let csv = "\u{FEFF}cardNumber;reason\r\n" + rows.map { "\($0);\(reason)\r\n" }.joined()
            let file = try ksb.folder.write("kaarten.csv", csv, mode: 0o600)
            let preview = try await ksb("job", "run", "card.block", file, "--preview", "--lang", "nl")
            #expect(preview.end == .exit(1) && preview.output.hasSuffix(": tried out; `ksb job start` does it\n"))
            for line in [
                "2 rows do not fit:",
                "row 3 column 1 (cardNumber): moet een kaartnummer met een juist controlecijfer (het laatste) zijn",
                "row 7 column 1 (cardNumber): moet een kaartnummer van 13 cijfers zijn",
            ] {
                #expect(preview.errors.contains(line), "\(preview.errors)")
            }
            #expect(preview.errors.contains("1 would be refused") && preview.errors.contains("2 invalid"))
            #expect(try Self.cardNumbers(4).prefix(3) == numbers.prefix(3))
            let outcome = ksb.folder.path + "/uitkomst.csv"
            let job = try #require(preview.output.split(separator: " ").dropFirst().first?.dropLast())
            let start = try await ksb("job", "start", String(job), "--follow")
            #expect(start.end == .exit(1), "\(start.errors)")
            let saved = try await ksb("job", "outcome", String(job), outcome, "--lang", "nl")
            #expect(saved.end == .exit(0), "\(saved.errors)")
            let lines = FileText.read(outcome).split(whereSeparator: \.isNewline).map(String.init)
            #expect(lines.first == "cardNumber;reason;ksb.row;ksb.outcome;ksb.kind;ksb.reason")
            #expect(lines.dropFirst().first == "\(numbers[0]);\(reason);2;done;;")
            #expect(lines.count == 7 && lines.filter { $0.contains(";done;;") }.count == 3)
            #expect(
                lines.contains("\(numbers[3]);\(reason);5;refused;card.blocked;\(RefusalKind.cardBlocked.text.nl)"),
                "\(lines)")
            #expect(lines.filter { $0.contains(";invalid;row.invalid;") }.count == 2)
            #expect(
                try await ksb("job", "list", "--csv", "--columns", "id,state,done").output.contains("\(job),done,3"))
            // The outcome is a file of the same job: what was done is refused now, and nothing is done twice.
            let again = try await ksb("job", "run", "card.block", outcome, "--follow")
            #expect(again.end == .exit(1) && again.errors.contains("4 refused  2 invalid"), "\(again.errors)")
        }
    }

    @Test func `a file in which nothing is wrong ends with 0, one that cannot be read with 73`() async throws {
        try await Self.withClient { ksb, _ in
            let csv = "Kaart,opmerking\n" + (try Self.cardNumbers(3)).map { "\($0),Zoë\n" }.joined()
            let program = try ksb.start(
                [
                    "job", "run", "card.block", "-", "--param", "reason=weg", "--column", "Kaart=cardNumber",
                    "--column",
                    "opmerking=", "--follow",
                ], input: csv)
            #expect(await program.end() == .exit(0), "\(program.errors)")
            #expect(program.output.hasSuffix(": done\n"))
            #expect(try await ksb("job", "run", "card.block", "/nowhere.csv", "--param", "reason=x").end == .exit(73))
        }
    }

    @Test func `the feed is followed from a place, change by change`() async throws {
        try await Self.withClient { ksb, daemon in
            let system = ServedWorld.facts.cardSystem
            let socket = try await daemon.connect(as: ServedWorld.facts.coordinatorToken)
            let place = try #require(
                try await socket.call("feed.subscribe", ["cardSystemId": .string(system)])["after"]?.integer)
            let number = try #require(try Self.cardNumbers(1).first)
            let follower = try ksb.start(["feed", "follow", "--card-system", system, "--after", "\(place)", "--json"])
            defer { follower.kill(SIGKILL) }
            _ = try await ksb("call", "card.block", "cardNumber=\(number)", "reason=x")
            #expect(await eventually { follower.output.hasSuffix("\n") }, "\(follower.errors)")
            let change = try JSON(parsing: Array(follower.output.utf8))
            #expect(change["kind"]?.string == "card.block" && change["objectKind"]?.string == "card")
            #expect(change["sequence"]?.integer ?? 0 > place && follower.ended() == nil)
            follower.kill(SIGTERM)
            #expect(await follower.end() == .signal(SIGTERM))
            #expect(!follower.output.contains(number) && follower.errors.isEmpty, "\(follower.errors)")
        }
    }

    @Test func `a stranger's card system is not followed`() async throws {
        try await Self.withClient { ksb, _ in
            let other: String = try ServedWorld.rows(
                "select id::text from card_system where id::text <> \(ServedWorld.facts.cardSystem)")[0][0]
            let follow = try await ksb("feed", "follow", "--card-system", other)
            #expect(follow.end == .exit(77) || follow.end == .exit(1), "\(follow.errors)")
            #expect(follow.output.isEmpty)
        }
    }
}

import CardRules
import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardServer

/// `ksb import` with a daemon: what another system kept comes in, and what does not is written down.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct ClientImportTests {
    private static func withClient(_ token: String, _ body: (ClientProgram) async throws -> Void) async throws {
        try await withDaemon { daemon in try await body(ClientProgram(daemon.rpcPort, token: token)) }
    }

    private static func lines(_ path: String) -> [String] {
        FileText.read(path).split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test func `cards and people come in from files, and a bad row is told by row and column`() async throws {
        try await Self.withClient(ServedWorld.facts.coordinatorToken) { ksb in
            let system = ServedWorld.facts.cardSystem
            let numbers = (1...3).map { CardNumber(prefix: "0977", serial: $0, opportunity: false)!.text }
            let taken: String = try ServedWorld.rows("select number from card order by number limit 1")[0][0]
            let odd = String(numbers[0].dropLast()) + String((Int(numbers[0].suffix(1))! + 1) % 10)
            let cards = try ksb.folder.write(
                "kaarten.csv", "number;batch\r\n" + (numbers + [odd, taken]).map { "\($0);Mei\r\n" }.joined(),
                mode: 0o600)
            let first = try await ksb("import", "cards", cards, "--card-system", system)
            #expect(first.end == .exit(1), "\(first.errors)")
            #expect(first.output.hasSuffix(": done, 3 came in, 1 refused, 1 invalid, 0 failed\n"), "\(first.output)")
            let refused = Self.lines(cards + ".refused.csv")
            #expect(refused.count == 3 && refused.first == "row,column,kind,text")
            #expect(refused.dropFirst().first?.hasPrefix("5,number,row.invalid,") == true)
            #expect(refused.last == "6,number,card.numberTaken,\(RefusalKind.cardNumberTaken.text.en)")

            let counter: String = try ServedWorld.rows(
                """
                select c.id::text from counter c join counter_card_system k on k.counter_id = c.id
                where k.card_system_id::text = \(system) and c.status = 'active' order by c.id limit 1
                """)[0][0]
            let list = "cardNumbers=" + numbers.joined(separator: ",")
            #expect(try await ksb("call", "card.handOver", "counterId=\(counter)", list).end == .exit(0))
            #expect(try await ksb("call", "card.receive", list).end == .exit(0))
            let people = numbers.map { "Import;An;17/03/1985;9900;Eeklo;\($0)\n" }
            let holders = try ksb.folder.write(
                "mensen.csv",
                "name;firstName;dateOfBirth;address.postalCode;address.city;cardNumber\n" + people.joined(), mode: 0o600
            )
            func bringIn(_ report: String) async throws -> ClientProgram.Answer {
                try await ksb(
                    "import", "holders", holders, "--param", "counterId=\(counter)", "--param", "cardType=nfcCard",
                    "--param", "legalTermsPaper=true", "--card-system", system, "--report", report)
            }
            let report = ksb.folder.path + "/niet.csv"
            let good = try await bringIn(report)
            #expect(good.end == .exit(0), "\(good.errors)")
            #expect(good.output.hasSuffix(": done, 3 came in, 0 refused, 0 invalid, 0 failed\n"), "\(good.output)")
            #expect(good.errors.contains("100 %  3 of 3") && access(report, F_OK) != 0)
            #expect(try await bringIn(report).end == .exit(1))
            #expect(Self.lines(report).dropFirst().allSatisfy { $0.contains(",cardNumber,card.notInLocalStock,") })
            #expect(try ServedWorld.count("select count(*) from pass_holder where name = 'Import'") == 3)
        }
    }

    @Test func `events come in from an array or from lines, and again without change`() async throws {
        try await Self.withClient(ServedWorld.facts.operatorToken) { ksb in
            let documents = DemoDocuments.season(startingAt: Instant(text: "2026-05-06T10:00:00+02:00")!)
            let array = JSON.array([["@id": "no such"]] + documents).text
            let first = try ksb.folder.write("events.json", array, mode: 0o600)
            let begun = try await ksb("import", "events", first)
            #expect(begun.end == .exit(1) && begun.output.hasSuffix(" 1 refused\n"), "\(begun.output) \(begun.errors)")
            let refused = Self.lines(first + ".refused.csv")
            #expect(refused.count > 1 && refused.dropFirst().allSatisfy { $0.hasPrefix("1,") }, "\(refused)")
            let lines = try ksb.folder.write(
                "events.ndjson", documents.map { $0.text + "\n" }.joined(), mode: 0o600)
            let again = try await ksb("import", "events", lines)
            #expect(again.end == .exit(0), "\(again.errors)")
            let olderOrSame = again.output.hasPrefix("0 new, 0 updated, ") && again.output.hasSuffix(" 0 refused\n")
            #expect(olderOrSame, "\(again.output)")
        }
    }
}

import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Files as they come from spreadsheets, from the upload to what was done with each row.
@Suite(.scene) struct JobFileTests {
    struct File: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let encoding: String
        let bytes: [UInt8]
        /// Each row: number and reason of the blocking that was done, or number, column and what is wrong.
        let rows: [String]

        init(_ name: String, _ bytes: [UInt8], _ rows: [String], _ encoding: String = "utf8") {
            (testDescription, self.encoding, self.bytes, self.rows) = (name, encoding, bytes, rows)
        }

        init(_ name: String, _ text: String, _ rows: [String], _ encoding: String = "utf8") {
            self.init(name, Array(text.utf8), rows, encoding)
        }
    }

    private static let (one, two, three) = (Scene.Holder(1).number, Scene.Holder(2).number, Scene.Holder(3).number)
    private static let header = "cardNumber;reason\n"
    private static let cut: [UInt8] = Array("\(header)\(one);caf".utf8) + [0xC3] + Array("\n\(two);kwijt".utf8)
    private static let long = String(repeating: "x", count: CSVFormat.rowBytes)

    /// Bytes of text in Windows-1252, where é is E9 and € is 80.
    private static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
    }

    static let files: [File] = [
        File(
            "a mark, semicolons, CRLF", "\u{FEFF}cardNumber;reason\r\n\(one);café\r\n\(two);kwijt\r\n",
            ["2 café", "3 kwijt"]),
        File(
            "quotes around a delimiter, quotes and a line end",
            "\"cardNumber\";\"reason\"\r\n\"\(one)\";\"a; \"\"b\"\"\"\r\n\(two);\"c\nd\"\r\n\(three);e",
            ["2 a; \"b\"", "3 c\nd", "4 e"]),
        File("commas", "reason,cardNumber\nverloren,\(one)\n\"weg, ver\",\(two)\n", ["2 verloren", "3 weg, ver"]),
        File("tabs and CR", "cardNumber\treason\r\(one)\ta;b,c\r", ["2 a;b,c"]),
        File("latin1 that is said to be it", latin("\(header)\(one);café €5\n"), ["2 café €5"], "latin1"),
        File("a mark wins over latin1", "\u{FEFF}\(header)\(one);café\n", ["2 café"], "latin1"),
        File(
            "latin1 that is not said", latin("\(header)\(one);café\n\(two);kwijt\n"),
            ["2 column 2 is not UTF-8; say so if the file is latin1", "3 kwijt"]),
        File(
            "UTF-8 that is cut", cut,
            ["2 column 2 is not UTF-8; say so if the file is latin1", "3 kwijt"]),
        File(
            "a row that is too long", "\(header)\(one);\(long)\n\(two);kwijt\n",
            ["2 has more than 65536 bytes", "3 kwijt"]),
        File(
            "a field that is too long", "\(header)\(one);\(long.prefix(CSVFormat.fieldBytes + 1))\n\(two);kwijt\n",
            ["2 column 2 has more than 16384 bytes", "3 kwijt"]),
        File(
            "a quote that is not closed", "\(header)\(one);\"weg\n\(two);kwijt\n",
            ["2 has a quotation mark that is not closed", "3 kwijt"]),
        File(
            "columns too many and too few", "\(header)\(one);weg;\n\(two);weg;x\n\(three)\n",
            ["2 weg", "3 has 3 columns, where the header has 2", "4 has 1 columns, where the header has 2"]),
        File("blank rows", "\(header)\n\(one);weg\n\n;\n\(two);kwijt\n", ["3 weg", "6 kwijt"]),
        File("a header alone", header, []),
    ]

    @Test(arguments: files)
    func `a file is done rightly, or refused by row and column`(file: File) async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.uploaded(clerk, file.bytes, file.encoding)
            try await scene.ok(clerk, "job.validate", ["jobId": id])
            try await scene.work()
            try await scene.ok(clerk, "job.start", ["jobId": id])
            try await scene.work()
            let items = try await scene.ok(clerk, "job.rows", ["jobId": id])["items"]!.array!
            var rows: [String] = []
            for item in items {
                let reason = item["reasons"]?.array?.first
                let place = reason?["column"]?.integer.map { "column \($0) " } ?? ""
                var text = reason?["reason"]?.string
                if text == nil { text = try await scene.blockingReason(item["objectId"]?.string) }
                rows.append("\(item["row"]?.integer ?? 0) \(place)\(text ?? "")")
            }
            #expect(rows == file.rows)
            // It comes back as CSV that is read as it was meant.
            let outcome = try await scene.ok(clerk, "job.outcome", ["jobId": id])["text"]!.string!
            var reader = CSVReader(.utf8)
            reader.append(outcome.utf8)
            reader.finish()
            var count = 0
            while let row = reader.next() {
                _ = try row.fields.get()
                count += 1
            }
            #expect(count == file.rows.count + 1)
        }
    }

    @Test func `a file in UTF-16 is refused`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let wide: [UInt8] = [0xFF, 0xFE] + (Self.header + Self.one + ";weg\n").utf8.flatMap { [$0, 0] }
            let id = try await scene.uploaded(clerk, wide)
            guard case .failure(let error) = await scene.call(clerk, "job.validate", ["jobId": id]) else {
                Issue.record("it was taken")
                return
            }
            let reason = error.data?["reasons"]?.array?.first
            #expect(reason?["kind"] == "job.columnsInvalid" && reason?["fault"] == "unreadable")
            #expect(reason?["what"] == "is UTF-16; save the file as UTF-8")
        }
    }

    @Test(arguments: [(JobLimits.rows - 2, JobState.validated), (JobLimits.rows - 1, .failed)])
    func `a file has a million rows at most`(rowsBefore: Int, state: JobState) async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.uploaded(clerk, Array(("\(Self.header)\(Self.one);a\n\(Self.two);b\n").utf8))
            try await scene.ok(clerk, "job.validate", ["jobId": id])
            // As if so many had been read before.
            try await scene.owner.transaction { try $0.execute("update job set row_position = \(rowsBefore)") }
            try await scene.work()
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["state"]?.string == state.rawValue)
            #expect(job["failure"]?.string == (state == .failed ? "job.tooManyRows" : nil))
        }
    }
}

extension Scene {
    /// A job with its file, of which nothing was read.
    fileprivate func uploaded(_ peer: Peer, _ bytes: [UInt8], _ encoding: String = "utf8") async throws -> JSON {
        let create: JSON = [
            "cardSystemId": .string(SceneData.here.text), "method": "card.block", "name": "x",
            "encoding": .string(encoding),
        ]
        let id = try await ok(peer, "job.create", create)["id"]!
        let part: JSON = ["jobId": id, "offset": 0, "base64": .string(Base64.text(bytes)), "isLast": true]
        try await ok(peer, "job.upload", part)
        return id
    }

    /// With which reason a card was blocked.
    fileprivate func blockingReason(_ card: String?) async throws -> String {
        try await value("select reason from card_step where step = 'block' and card_id::text = \(card ?? "")")
    }
}

import CardMethods
import CardRules
import Glibc
import JSONRPC
import Logging
import Postgres

/// Files of cards and of people, brought in by jobs, against a bare COPY of the rows that this made.
struct Imports {
    let rig: Rig
    let report: Report
    var cards = 120_000
    var holders = 100_000

    private static let cardSystem = "00000001-0000-7000-8000-000000000000"
    private static let counter = "00000003-0000-7000-8000-000000000000"
    /// Cards of one batch: as many as are handed over by one call.
    private static let batch = 10_000
    /// Of numbers that the bench's world does not use.
    private static let prefix = "098"

    /// Rows that an import made: their table and which of it they are.
    private typealias Made = (table: String, condition: String)

    func compare() throws {
        var rows = "number;chipNumber;batch\n"
        for card in 0..<cards {
            rows += "\(Self.number(card));\(BenchWorld.chip(1 << 40 + card));Import \(card / Self.batch)\n"
        }
        let new = "card_id in (select id from card where number like '\(Self.prefix)%')"
        try compare(
            "import.cards", rows, count: cards,
            made: [("card", "number like '\(Self.prefix)%'"), ("card_step", new)])
        try handOut()
        let people = "(select id from pass_holder where name like 'Import %')"
        try compare(
            "import.passHolders", file, count: holders,
            sharing: ["counterId": .string(Self.counter), "cardType": "nfcCard"],
            made: [
                ("pass_holder", "name like 'Import %'"), ("membership", "holder_id in \(people)"),
                ("ledger_account", "owner_id in \(people)"),
                ("card_step", "step = 'activate' and card_id in (select id from card where holder_id in \(people))"),
            ])
    }

    private static func number(_ card: Int) -> String {
        CardNumber(prefix: prefix, serial: card, opportunity: false)?.text ?? ""
    }

    /// People with an INSZ each, nine hundred to a day of birth.
    private var file: String {
        var text = "name;firstName;dateOfBirth;insz;address.street;address.postalCode;address.city;email;cardNumber;"
        text += "legalTermsPaper\n"
        for row in 0..<holders {
            let (day, serial) = (row / 900, row % 900 + 1)
            let (year, month, date) = (60 + day / 336, day % 336 / 28 + 1, day % 28 + 1)
            let digits = ((year * 100 + month) * 100 + date) * 1000 + serial
            let (check, birth) = (97 - digits % 97, "19\(year)-\(Self.two(month))-\(Self.two(date))")
            text += "Import \(row);An;\(birth);\(digits)\(Self.two(check));Markt \(row % 90);9900;Eeklo;"
            text += "an\(row)@example.org;\(Self.number(row));ja\n"
        }
        return text
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Has the first cards lie in the drawer of the counter.
    private func handOut() throws {
        let batches = try call("stockBatch.list", ["limit": 500], isWrite: false)["items"]?.array ?? []
        for batch in batches where batch["name"]?.string?.hasPrefix("Import ") == true {
            let id = batch["id"] ?? .null
            _ = try call("card.handOver", ["counterId": .string(Self.counter), "batchId": id])
            _ = try call("card.receive", ["batchId": id])
        }
    }

    private func compare(
        _ method: String, _ file: String, count: Int, sharing params: JSON = [:], made: [Made]
    ) throws {
        let ours = try imported(method, file, count, params)
        let theirs = try copied(made)
        report.progress("\(method) of \(count) rows: \(Report.text(ours)) s, COPY \(Report.text(theirs)) s")
        report.compare(
            "\(method) of \(count) rows", ours: Double(count) / ours, peer: Double(count) / theirs, unit: "rows/s",
            peerName: "bare COPY", goal: 0.33)
    }

    /// Seconds from the end of the upload until the last row is in.
    private func imported(_ method: String, _ file: String, _ count: Int, _ params: JSON) throws -> Double {
        let create: JSON = [
            "cardSystemId": .string(Self.cardSystem), "method": .string(method), "name": "bench", "params": params,
        ]
        guard let job = try call("job.create", create)["id"] else { throw BenchError(text: "no job was made") }
        let bytes = Array(file.utf8)
        for offset in stride(from: 0, to: bytes.count, by: 150_000) {
            let end = min(bytes.count, offset + 150_000)
            let part = String(decoding: bytes[offset..<end], as: UTF8.self)
            _ = try call(
                "job.upload",
                [
                    "jobId": job, "offset": .integer(Int64(offset)), "isLast": .bool(end == bytes.count),
                    "text": .string(part),
                ])
        }
        let begin = LoadGenerator.now()
        _ = try call("job.validate", ["jobId": job])
        _ = try wait(job, while: "validating")
        let read = Double(LoadGenerator.now() - begin) / 1e9
        _ = try call("job.start", ["jobId": job])
        let end = try wait(job, while: "running")
        let seconds = Double(LoadGenerator.now() - begin) / 1e9
        report.progress("\(method): read in \(Report.text(read)) s, done in \(Report.text(seconds - read)) s")
        guard end["done"]?.integer == Int64(count) else { throw BenchError(text: "not all came in: \(end.text)") }
        return seconds
    }

    private func wait(_ job: JSON, while state: String) throws -> JSON {
        while true {
            let view = try call("job.get", ["jobId": job], isWrite: false)
            if view["state"]?.string != state { return view }
            usleep(50_000)
        }
    }

    private func call(_ method: String, _ params: JSON, isWrite: Bool = true) throws -> JSON {
        var members = params.object?.members ?? []
        if isWrite {
            members.append(.init(name: "idempotencyKey", value: .string("\(method) \(LoadGenerator.now())")))
        }
        let call = Plain.request(method, .object(JSONObject(members)))
        let answer = try Plain.call(rig.port, [Plain.resume(rig.operatorToken), call])[1]
        guard let result = answer["result"] else { throw BenchError(text: "\(method): \(answer.text)") }
        return result
    }

    /// Seconds that COPY takes for the same rows, into empty tables with the same checks and indexes.
    private func copied(_ made: [Made]) throws -> Double {
        var settings = rig.connection
        settings.statementTimeout = .seconds(3600)
        let connection = try Connection(settings, logger: Logger(label: "bench"))
        var seconds = 0.0
        for (table, condition) in made {
            let columns: String = try connection.run([
                """
                select string_agg(attname, ', ' order by attnum) from pg_attribute
                where attrelid = to_regclass(\(table)) and attnum > 0 and not attisdropped and attgenerated = ''
                """
            ])[0][0][0]
            try connection.script(
                "create unlogged table bench_source as select \(columns) from \(table) where \(condition)")
            try connection.script("create table bench_target (like \(table) including all)")
            try connection.script("checkpoint")
            var chunks: [[UInt8]] = [[]]
            try connection.copyOut("copy bench_source to stdout") { row in
                if chunks[chunks.count - 1].count > 64 * 1024 { chunks.append([]) }
                chunks[chunks.count - 1] += row
            }
            let begin = LoadGenerator.now()
            var next = chunks.makeIterator()
            let count = try connection.copyIn("copy bench_target from stdin") { next.next() }
            let took = Double(LoadGenerator.now() - begin) / 1e9
            report.progress("COPY of \(count) rows of \(table): \(Report.text(took)) s")
            seconds += took
            try connection.script("drop table bench_source, bench_target")
        }
        return seconds
    }
}

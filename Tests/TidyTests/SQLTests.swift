import Testing

/// What SQL may do, and where it may stand.
struct SQLTests {
    /// Rooms that speak with the database. The others decide, parse or serve.
    private static let rooms = ["CardMethods", "Postgres", "CardServer", "ksbd-bench"]

    /// Every use of the database's clock, with the reason. Business decisions get their instant as a parameter, so that
    /// one clock rules all of them and a test can move it.
    private static let realTime = [
        "Sources/ksbd-bench/BenchWorld.swift": "sessions last by real time",
        "Sources/Postgres/Migrator.swift": "when a migration was applied; nobody decides by it",
    ]

    @Test func `SQL stands only in rooms that speak with the database`() {
        let statement = /\b(select\s[^"]*\sfrom|insert\s+into|delete\s+from|update\s+\w+\s+set)\b/
        for (file, parts) in SourceTree.sources {
            let room = String(file.path.split(separator: "/")[1])
            if !Self.rooms.contains(room) { #expect(!parts.strings.contains(statement), "\(file)") }
        }
    }

    @Test func `SQL does not ask the database for the time, but for listed uses of real time`() throws {
        let clock = try Regex(
            #"(?i)\b((now|(clock|statement|transaction)_timestamp)\s*\(|current_(timestamp|date|time)\b|localtime)"#
        ).wordBoundaryKind(.simple)
        var found = Set(SourceTree.sources.filter { $0.parts.strings.contains(clock) }.map(\.file.path))
        for file in SourceTree.files(below: "sql") {
            let code = file.lines.map { $0.prefix(upTo: $0.firstRange(of: "--")?.lowerBound ?? $0.endIndex) }
            if code.contains(where: { $0.contains(clock) }) { found.insert(file.path) }
        }
        #expect(found.subtracting(Self.realTime.keys).sorted() == [])
        #expect(Set(Self.realTime.keys).subtracting(found).sorted() == [], "these ask no longer: strike them off")
    }

    @Test func `migrations are numbered without a gap`() {
        let names = SourceTree.files(below: "sql/migrations").map { $0.path.split(separator: "/").last! }
        let numbers = (1...names.count).map { number in
            let digits = String(number)
            return String(repeating: "0", count: 4 - digits.count) + digits + "_"
        }
        #expect(names.map { String($0.prefix(5)) } == numbers)
    }
}

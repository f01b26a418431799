import Testing

@testable import CardRules

/// Files that are made up, and what holds for all of them.
struct GeneratedCSVTests {
    /// Numbers that are the same in every run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static let letters = Array("ab,;\t\"'\r\n é=+-@0 ")

    private static func table(_ dice: inout Dice) -> [[String]] {
        let columns = Int.random(in: 2...5, using: &dice)
        let header = (0..<columns).map { "c\($0)" }
        return [header]
            + (0..<Int.random(in: 0...20, using: &dice)).map { _ in
                ["x"]
                    + (1..<columns).map { _ in
                        String(
                            (0..<Int.random(in: 0...6, using: &dice)).map { _ in letters.randomElement(using: &dice)! })
                    }
            }
    }

    @Test(arguments: 0..<200)
    func `what was written is read`(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let table = Self.table(&dice)
        let delimiter = CSVFormat.Delimiter.allCases.randomElement(using: &dice)!
        let text = table.map { SpreadsheetText.line($0, delimiter) }.joined()
        let read = CSVReaderTests.read(Array(text.utf8)).map { try? $0.fields.get().map(SpreadsheetText.meant) }
        #expect(read == table.map(Optional.some))
    }

    @Test(arguments: 0..<200)
    func `wherever a file is cut, the rows are the same`(seed: Int) {
        var dice = Dice(state: UInt64(seed) << 20)
        var bytes = (seed % 3 == 0 ? [0xEF, 0xBB, 0xBF] : []) + Array("a;b;c\n".utf8)
        let alphabet: [UInt8] = Array("xy;;\"\"\r\n,\t".utf8) + [0xE9]
        for _ in 0..<Int.random(in: 0...300, using: &dice) { bytes.append(alphabet.randomElement(using: &dice)!) }
        let whole = CSVReaderTests.read(bytes)
        #expect(CSVReaderTests.read(bytes, pieces: { _ in 1 }) == whole)
        #expect(CSVReaderTests.read(bytes, pieces: { _ in Int.random(in: 1...9, using: &dice) }) == whole)
        #expect(
            zip(whole, whole.dropFirst()).allSatisfy { $0.offset + $0.length <= $1.offset && $0.number < $1.number })
    }

    @Test func `long rows are the same wherever they are cut`() {
        let long = String(repeating: "z", count: CSVFormat.rowBytes * 2 + 17)
        let text = "a;b\n1;\(long)\n2;\"\(long)\n3;\"x\r\n\(long)\r\n\";4\n5;6"
        let whole = CSVReaderTests.read(Array(text.utf8))
        for piece in [997, 65_535, 65_536, 65_537] {
            #expect(CSVReaderTests.read(Array(text.utf8), pieces: { _ in piece }) == whole)
        }
        #expect(try! whole.last!.fields.get() == ["5", "6"])
    }

    @Test func `a million rows are read, one piece in memory at a time`() {
        var reader = CSVReader(.utf8)
        reader.append(Array("n;x\n".utf8))
        let piece = Array(repeating: Array("7;8\n".utf8), count: 10_000).flatMap(\.self)
        var rows = 0
        for _ in 0..<100 {
            reader.append(piece)
            while let row = reader.next() { rows += row.number > 1 ? 1 : 0 }
            #expect(reader.heldBytes <= piece.count + 4)
        }
        #expect(rows == 1_000_000)
    }
}

/// Text that people open in a spreadsheet.
struct SpreadsheetTextTests {
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+32471234567", "'+32471234567"), ("-5", "'-5"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("\rx", "'\rx"), ("x=1", "x=1"), ("", ""), ("'t hof", "'t hof"), ("'=1", "''=1"),
    ])
    func `a text that would be computed is made plain, and meant as it was`(text: String, plain: String) {
        #expect(SpreadsheetText.plain(text) == plain)
        #expect(SpreadsheetText.meant(plain) == text)
    }
}

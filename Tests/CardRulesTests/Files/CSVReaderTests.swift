import Testing

@testable import CardRules

/// Files as spreadsheets write them, and as they should not.
struct CSVReaderTests {
    /// What a file holds, row by row: its number and its fields, or what is wrong with it.
    static func read(
        _ bytes: [UInt8], _ encoding: FileEncoding = .utf8, pieces: (Int) -> Int = { _ in .max }
    ) -> [CSVRow] {
        var reader = CSVReader(encoding)
        var rows: [CSVRow] = []
        var at = 0
        while at < bytes.count {
            let count = max(1, min(pieces(at), bytes.count - at))
            reader.append(bytes[at..<(at + count)])
            at += count
            while let row = reader.next() { rows.append(row) }
        }
        reader.finish()
        while let row = reader.next() { rows.append(row) }
        return rows
    }

    static func shown(_ rows: [CSVRow]) -> [String] {
        rows.map { row in
            switch row.fields {
            case .success(let fields): "\(row.number): \(fields.joined(separator: "|"))"
            case .failure(let fault): "\(row.number): !\(fault.column.map { "\($0) " } ?? "")\(fault.reason)"
            }
        }
    }

    static let files: [(name: String, text: String, rows: [String])] = [
        ("comma", "a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
        ("semicolon", "a;b\n1,5;2\n", ["1: a|b", "2: 1,5|2"]),
        ("tab", "a\tb\n1;2\t3", ["1: a|b", "2: 1;2|3"]),
        ("one column", "cardNumber\n1,5\n", ["1: cardNumber", "2: 1,5"]),
        ("a delimiter in a quoted name", "\"a,b,c\";d\n1;2\n", ["1: a,b,c|d", "2: 1|2"]),
        ("byte order mark", "\u{FEFF}a;b\n1;2\n", ["1: a|b", "2: 1|2"]),
        ("CRLF", "a;b\r\n1;2\r\n", ["1: a|b", "2: 1|2"]),
        ("CR", "a;b\r1;2\r3;4", ["1: a|b", "2: 1|2", "3: 3|4"]),
        ("without a last line end", "a;b\n1;2", ["1: a|b", "2: 1|2"]),
        ("quotes", "a;b\n\"x;y\";\"say \"\"hi\"\"\"\n", ["1: a|b", "2: x;y|say \"hi\""]),
        ("a line end in quotes", "a;b\n\"x\r\ny\";2\n3;4\n", ["1: a|b", "2: x\r\ny|2", "3: 3|4"]),
        ("a quote within a field", "a;b\n5\" screen;2\n", ["1: a|b", "2: 5\" screen|2"]),
        ("empty fields", "a;b\n;\n;2\n1;\n", ["1: a|b", "3: |2", "4: 1|"]),
        ("blank rows", "a;b\n\n1;2\n \n\n", ["1: a|b", "3: 1|2", "4:  "]),
        ("blank rows before the header", "\n\na;b\n1;2\n", ["3: a|b", "4: 1|2"]),
        (
            "text after a quote", "a;b\n1;\"2\"3\n4;5\n",
            ["1: a|b", "2: !2 has text after its closing quotation mark", "3: 4|5"]
        ),
        (
            "a quote that is not closed", "a;b\n1;\"2\n3;4\n5;6",
            ["1: a|b", "2: !has a quotation mark that is not closed", "3: 3|4", "4: 5|6"]
        ),
        ("nothing", "", []),
        ("letters", "naam\nZoë Ünal\n", ["1: naam", "2: Zoë Ünal"]),
    ]

    @Test(arguments: files)
    func `files are read rightly`(name: String, text: String, rows: [String]) {
        #expect(Self.shown(Self.read(Array(text.utf8))) == rows)
    }

    @Test func `a row that is not UTF-8 is refused by row and column, and the others are read`() {
        let bytes = Array("naam;plaats\nAn;".utf8) + [0xE9] + Array("\nBo;Gent\n".utf8)
        #expect(
            Self.shown(Self.read(bytes)) == [
                "1: naam|plaats", "2: !2 is not UTF-8; say so if the file is latin1", "3: Bo|Gent",
            ])
    }

    @Test func `a file that is said to be latin1 is read as Windows-1252`() {
        let bytes =
            Array("naam;bedrag\nZo".utf8) + [0xEB] + Array(";".utf8) + [0x80] + Array("5\nx;".utf8) + [0x81, 0x0A]
        #expect(
            Self.shown(Self.read(bytes, .latin1)) == [
                "1: naam|bedrag", "2: Zoë|€5", "3: !2 holds a byte that is no letter in latin1",
            ])
    }

    @Test func `a byte order mark wins over what was said`() {
        #expect(Self.shown(Self.read(Array("\u{FEFF}naam\nZoë".utf8), .latin1)) == ["1: naam", "2: Zoë"])
    }

    @Test func `UTF-16 is told`() {
        let bytes: [UInt8] = [0xFF, 0xFE] + "a;b\n1;2\n".utf8.flatMap { [$0, 0] }
        #expect(Self.shown(Self.read(bytes)).first == "1: !is UTF-16; save the file as UTF-8")
    }

    @Test func `rows, fields and columns are bounded`() {
        let long = String(repeating: "x", count: CSVFormat.fieldBytes + 1)
        let wide = Array(repeating: "x", count: CSVFormat.columns + 1).joined(separator: ";")
        let tooLong = Array(repeating: "y", count: CSVFormat.rowBytes + 1).joined()
        let text = "a;b\n\(long);1\n\(wide)\n\(tooLong)\n1;2\n"
        #expect(
            Self.shown(Self.read(Array(text.utf8), pieces: { _ in 1000 })) == [
                "1: a|b", "2: !1 has more than 16384 bytes", "3: !has more than 200 columns",
                "4: !has more than 65536 bytes", "5: 1|2",
            ])
    }

    @Test func `a row is read anew from where it stands`() throws {
        let bytes = Array("\u{FEFF}a;b\r\n\"x\ny\";2\r\n\r\n3;4".utf8)
        let format = CSVFormat(.semicolon, .utf8)
        for row in Self.read(bytes) {
            #expect(try format.fields(of: bytes[row.offset..<(row.offset + row.length)]) == row.fields.get())
        }
    }

    @Test func `reading goes on at a position`() {
        let bytes = Array("a;b\n1;2\n3;4\n5;6\n".utf8)
        var reader = CSVReader(.utf8)
        reader.append(bytes[..<13])
        while reader.next() != nil {}
        let position = reader.position
        #expect(position.offset == 12 && position.number == 3)
        var other = CSVReader(reader.format!, from: position.offset, after: position.number)
        other.append(bytes[position.offset...])
        other.finish()
        #expect(Self.shown([other.next()!]) == ["4: 5|6"])
    }
}

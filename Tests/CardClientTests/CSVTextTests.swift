import JSONRPC
import Testing

@testable import CardClient

struct CSVTextTests {
    @Test func `a list becomes lines under the names of all columns, the members of objects among them`() {
        let list: JSON = [
            "items": [
                ["id": "1", "name": ["nl": "Bib", "fr": .null], "points": -3],
                ["id": "2", "tags": ["x", "y"], "ok": true],
            ],
            "total": 2,
        ]
        #expect(CSVText.text(of: list) == "id,name.nl,name.fr,points,tags,ok\r\n1,Bib,,-3,,\r\n2,,,,\"x, y\",true\r\n")
        #expect(CSVText.text(of: list, columns: ["points", "id"]) == "points,id\r\n-3,1\r\n,2\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+32 9 123", "'+32 9 123"), ("-x", "'-x"), ("@sum", "'@sum"), ("\tx", "'\tx"),
        ("\rx", "\"'\rx\""), ("a=b", "a=b"), ("", ""), ("a\"b", "\"a\"\"b\""), ("a;b", "\"a;b\""),
        ("a\r\nb", "\"a\r\nb\""),
        ("=\"a\"", "\"'=\"\"a\"\"\""),
    ])
    func `a text that a spreadsheet would take for a formula is made plain text`(text: String, cell: String) {
        #expect(CSVText.text(of: ["items": [["v": .string(text)]]]) == "v\r\n\(cell)\r\n")
    }

    @Test func `R-175 a declared result has all its columns, whatever is in them`() {
        let row = Schema.object([
            .init("id", .string, isRequired: true, ""),
            .init(
                "address", .named("Address", .object([.init("city", .string, isRequired: true, "")])),
                isRequired: false, ""),
            .init("tags", .array(.string, counts: nil), isRequired: false, ""),
        ])
        let list = Schema.object([
            .init("items", .array(row, counts: nil), isRequired: true, ""),
            .init("nextCursor", .string, isRequired: false, ""),
        ])
        #expect(list.columns == ["id", "address.city", "tags"] && row.columns == list.columns)
        #expect(Schema.any.columns == nil && Schema.string.columns == nil)
        let text = CSVText.text(of: ["items": [["id": "1"]]], columns: list.columns)
        #expect(text == "id,address.city,tags\r\n1,,\r\n")
    }

    @Test func `a name of a column is no formula either`() {
        #expect(CSVText.text(of: ["=cmd": "x"]) == "'=cmd\r\nx\r\n")
    }
}

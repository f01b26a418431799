import JSONRPC
import Testing

@testable import CardClient

struct TableTextTests {
    private static let counters: JSON = [
        "items": [
            ["id": "0190", "name": ["main": "nl", "nl": "Stadhuis", "fr": "Mairie"], "limit": 5, "tags": ["a", "b"]],
            ["id": "0191", "name": ["main": "fr", "fr": "Bibliothèque"], "limit": 12, "isActive": true],
        ],
        "nextCursor": "0191",
    ]

    @Test func `a list becomes a table, numbers to the right, texts in the language of the reader`() {
        #expect(
            TableText(language: .nl).text(of: Self.counters) == """
                id    name          limit  tags  isActive
                ────  ────────────  ─────  ────  ────────
                0190  Stadhuis          5  a, b
                0191  Bibliothèque     12        true
                (nextCursor=0191)

                """)
        #expect(TableText(language: .fr).text(of: Self.counters).contains("Mairie"))
    }

    @Test func `columns are those that were chosen, from inside of objects too`() {
        #expect(
            TableText(language: .nl, columns: ["limit", "name.fr", "none"]).text(of: Self.counters) == """
                limit  name.fr       none
                ─────  ────────────  ────
                    5  Mairie
                   12  Bibliothèque
                (nextCursor=0191)

                """)
    }

    @Test func `a record becomes names and values, the members of objects below each other`() {
        let record: JSON = [
            "id": "0190", "name": ["main": "nl", "nl": "Bib", "en": "Library"],
            "code": ["text": "ABC", "until": .null],
            "counters": [["id": "1", "at": [1, 2]], ["id": "2"]],
        ]
        #expect(
            TableText(language: .en).text(of: record) == """
                id          0190
                name        Library
                code.text   ABC
                code.until
                counters    {id=1, at=[1, 2]}; {id=2}

                """)
    }

    @Test func `a list that is too wide for its columns becomes records, and an empty one says so`() {
        let narrow = TableText(width: 20, language: .en).text(of: [
            "items": [["a": "1", "b": "2", "c": ["d": "34567890"]]]
        ])
        #expect(narrow.hasPrefix("a  1         b") || narrow.hasPrefix("a  b  c"))
        let wide: JSON = [["id": "0190-0190-0190", "first": "123456789", "second": "123456789"], ["id": "0191"]]
        #expect(
            TableText(width: 20, language: .en).text(of: wide) == """
                id      0190-0190-0190
                first   123456789
                second  123456789

                id  0191

                """)
        #expect(TableText(language: .en).text(of: ["items": [], "total": 0]) == "(none)\n(total=0)\n")
    }

    @Test(
        arguments: [
            ([4, 4], nil, [4, 4]), ([4, 40], 30, [4, 24]), ([40, 40], 42, [20, 20]), ([40, 40], 43, [21, 20]),
            ([10, 40, 40], 44, [10, 15, 15]), ([40, 40], 17, nil), ([3, 40], 13, [3, 8]),
        ] as [([Int], Int?, [Int]?)])
    func `the widest columns give way first, and none below eight characters`(
        natural: [Int], width: Int?, expected: [Int]?
    ) {
        #expect(TableText.fit(natural, into: width) == expected)
    }

    @Test func `an id is never cut, as it is there to be copied`() {
        let id = "0190b1c2-0000-7000-8000-000000000001"
        let table = TableText(width: 50, language: .en).text(of: [
            ["id": .string(id), "name": "A counter of a long name"]
        ])
        #expect(table.contains(id) && table.contains("A counter o…"))
        #expect(TableText.fit([36, 24], fixed: [0], into: 45) == nil)
    }

    @Test func `text of others cannot steer the terminal`() {
        let shown = TableText(language: .en).text(of: ["name": "a\u{1B}[2Jb\nc\u{202E}d\u{9B}e"])
        #expect(shown == "name  a\u{FFFD}[2Jb\\nc\u{FFFD}d\u{FFFD}e\n")
        #expect(TableText(language: .en).text(of: "x\ty") == "x\\ty\n")
    }
}

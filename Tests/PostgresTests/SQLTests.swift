import Testing

@testable import Postgres

struct SQLTests {
    @Test func `interpolations become numbered parameters`() {
        let statement: SQL = "select \(1) + \(Int?.none), \("x")"
        #expect(statement.text == "select $1 + $2, $3")
        #expect(statement.oids == [20, 20, 0])
        #expect(statement.lengths == [8, -1, 1])
        #expect(statement.bytes == [0, 0, 0, 0, 0, 0, 0, 1, 0x78])
    }

    @Test func `the parameters of a fragment are numbered after those before it`() {
        var filters: [SQL] = []
        for number in 1...11 { filters.append("n <> \(number)") }
        let name: SQL = "(name = \("An") or '$1' = \("é"))"
        filters.append(name)
        let statement: SQL =
            "select \(true) from t where \(fragment: .joined(filters, separator: " and ")) limit \(5)"
        let numbered = (2...12).map { "n <> $\($0)" }.joined(separator: " and ")
        #expect(
            statement.text == "select $1 from t where \(numbered) and (name = $13 or '$1' = $14) limit $15")
        #expect(statement.lengths == [1] + Array(repeating: 8, count: 11) + [2, 2, 8])
        #expect(statement.bytes.count == 1 + 11 * 8 + 4 + 8)
        let again: SQL = "\(fragment: statement) offset \(6)"
        #expect(again.text == statement.text + " offset $16")
    }

    @Test func `no pieces joined are an empty statement`() {
        #expect(SQL.joined([], separator: ", ").text == "")
    }
}

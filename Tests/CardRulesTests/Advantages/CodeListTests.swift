import CardRules
import Testing

struct CodeListTests {
    @Test(arguments: [
        ("A1\nB2\r\nC3\rD4", ["A1", "B2", "C3", "D4"], 0, []),
        ("code\nA1\n\n  \nB2\n", ["A1", "B2"], 0, []),
        ("A1;10 euro\nB2,5\n\"C;3\";x\nD4\tlast", ["A1", "B2", "C;3", "D4"], 0, []),
        ("A1\nA1\nB2\nA1", ["A1", "B2"], 2, []),
        ("code\n;none\nA\u{1}1\n\(String(repeating: "x", count: 101))\n  B2  ", ["B2"], 0, [2, 3, 4]),
        ("A1\ncode", ["A1", "code"], 0, []),
        ("", [], 0, []),
    ])
    func `S16 codes come one in a line, each once`(text: String, codes: [String], repeated: Int, faults: [Int]) {
        let list = CodeList(text)
        #expect(list.codes == codes)
        #expect(list.repeated == repeated)
        #expect(list.faults == faults)
    }
}

import JSONRPC
import Testing

/// The public suite of JSON texts: y_ must be accepted, n_ refused, i_ may be either.
@Suite struct `JSON test suite` {
    /// Valid by the letter, refused on purpose.
    static let refusedOnPurpose: [String: JSONSyntaxError.Reason] = [
        // 82 characters, where 64 are more than any number of ours needs.
        "y_number_double_close_to_zero.json": .numberTooLong,
        // Two readers of such a text may act on different values.
        "y_object_duplicated_key.json": .duplicateMember,
        "y_object_duplicated_key_and_value.json": .duplicateMember,
        // PostgreSQL and C strings cannot hold U+0000.
        "y_object_escaped_null_in_key.json": .nulCharacter,
        "y_string_null_escape.json": .nulCharacter,
    ]

    static let folder = Files.package + "/../shared/data/json-test-suite"

    @Test func `each text is accepted or refused as its name says`() throws {
        guard let names = Files.names(in: Self.folder) else {
            print("skipped: no \(Self.folder)")
            #expect(Files.environment("CI") != "true", "CI must run the suite")
            return
        }
        var counts: [Character: Int] = [:]
        for name in names where name.hasSuffix(".json") {
            let bytes = try #require(Files.bytes(of: Self.folder + "/" + name))
            let refused = refusal(of: bytes)
            counts[name.first!, default: 0] += 1
            switch name.first {
            case "y": #expect(refused?.reason == Self.refusedOnPurpose[name], "\(name)")
            case "n": #expect(refused != nil, "\(name)")
            default: break
            }
        }
        #expect(counts == ["y": 95, "n": 188, "i": 35])
    }
}

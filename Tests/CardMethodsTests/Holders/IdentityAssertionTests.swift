import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

@Suite struct IdentityAssertionTests {
    private static let issuer = TestIssuer()
    private static let now = Instant(text: "2030-06-03T10:00:00Z")!

    private static func read(_ token: JSON) -> Result<IdentityAssertion, Refusal> {
        let issuers = (try? IdentityIssuers(json: issuer.file)) ?? .none
        return Result { () throws(Refusal) in
            try IdentityAssertion(token: token.string!, issuers, at: now, pointer: "/identity")
        }
    }

    @Test(arguments: ["state", "bank"])
    func `REG-15 the word of a trusted issuer tells who somebody is`(issuer: String) throws {
        let word = try Self.issuer.word(expiresAt: Self.now + .minutes(60), as: issuer)
        let read = try Self.read(word).get()
        #expect(read.insz.digits == "85031799708" && read.familyName == "Peeters" && read.givenName == "Jan")
        #expect(read.birthDate.text == "1985-03-17")
    }

    /// What is changed of a good word; `null` leaves a claim out.
    private static let wrong: [JSON] = [
        ["aud": "another"], ["aud": nil], ["iss": "bank"], ["iss": "nobody"], ["nonce": "short"], ["nonce": nil],
        ["exp": "2030"], ["exp": 1_906_711_200], ["exp": 1_906_714_801], ["exp": 9_000_000_000_000_000],
        ["familyName": ""], ["givenName": nil], ["birthDate": "1985-02-30"], ["insz": "85031799709"],
    ]

    @Test(arguments: wrong) func `REG-15 any other word is refused, alike`(change: JSON) throws {
        let word = try Self.issuer.word(change, expiresAt: Self.now + .minutes(30))
        #expect(Self.read(word) == .failure(Refusal(.identityInvalid, at: "/identity")), "\(change)")
    }

    @Test(arguments: [["alg": "none"], ["alg": "HS256"], ["alg": "EdDSA"], ["crit": ["exp"]]] as [JSON])
    func `REG-15 the algorithm is the key's, whatever the header says`(header: JSON) throws {
        let word = try Self.issuer.word(header: header, expiresAt: Self.now + .minutes(30))
        #expect(Self.read(word) == .failure(Refusal(.identityInvalid, at: "/identity")))
    }

    @Test func `REG-15 a word that was changed, cut or signed by another key is refused`() throws {
        let word = try Self.issuer.word(expiresAt: Self.now + .minutes(30)).string!
        let parts = word.split(separator: ".").map(String.init)
        let forged = try TestIssuer().word(expiresAt: Self.now + .minutes(30))
        let none = "\(parts[0]).\(parts[1])."
        let other = try Self.issuer.word(["givenName": "Eve"], expiresAt: Self.now + .minutes(30)).string!
        let mixed = "\(parts[0]).\(other.split(separator: ".")[1]).\(parts[2])"
        for text in [forged.string!, none, mixed, "", "a.b.c", parts[1], word + ".", word + "="] {
            #expect(Self.read(.string(text)) == .failure(Refusal(.identityInvalid, at: "/identity")))
        }
    }

    @Test func `REG-15 a word without INSZ says so`() throws {
        let word = try Self.issuer.word(["insz": nil], expiresAt: Self.now + .minutes(30))
        #expect(Self.read(word) == .failure(Refusal(.identityInszRequired, at: "/identity")))
    }

    @Test(arguments: [
        "", "[]", #"{"a":1}"#, #"{"a":"key"}"#,
        #"{"a":"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}"#,
    ])
    func `a file without public keys is no list of issuers`(text: String) {
        #expect(throws: IdentityIssuers.Malformed.self) { try IdentityIssuers(json: Array(text.utf8)) }
    }
}

import CardRules
import JSONRPC
import Postgres

/// Who somebody is, by the signed word of a trusted issuer: a compact JWS (RFC 7515, 7519) with the claims `iss`,
/// `aud` = `ksbd`, `exp`, `nonce`, `insz`, `familyName`, `givenName` and `birthDate`.
struct IdentityAssertion: Sendable, Hashable {
    let insz: INSZ
    let familyName: String
    let givenName: String
    let birthDate: CivilDate
    /// What makes it one of a kind, with the issuer's name; it counts once.
    private let nonce: String
    /// Real time.
    private let expiresAt: Instant

    /// Whom it is addressed to.
    static let audience = "ksbd"
    /// How far ahead it may expire, in minutes: so long must be remembered that it was used.
    static let longestMinutes = 60

    /// - Throws: `identity.invalid` for a word that is not an issuer's, not for us, stale or incomplete: one answer for
    ///   all; `identity.inszRequired` for one without INSZ (REG-15).
    init(token: String, _ issuers: IdentityIssuers, at realNow: Instant, pointer: String) throws(Refusal) {
        let invalid = Refusal(.identityInvalid, at: pointer)
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.bytes(parts[2]), let issuer = claims["iss"]?.string,
            let key = issuers.key(of: issuer), header["alg"]?.string == key.algorithm, header["crit"] == nil,
            key.isRight(signature: signature, of: Array("\(parts[0]).\(parts[1])".utf8))
        else { throw invalid }
        guard claims["aud"]?.string == Self.audience, let seconds = claims["exp"]?.integer,
            (0...253_402_300_799).contains(seconds), let nonce = claims["nonce"]?.string,
            (16...200).contains(nonce.utf8.count)
        else { throw invalid }
        expiresAt = Instant(seconds: seconds)
        guard expiresAt > realNow, expiresAt <= realNow + .minutes(Self.longestMinutes) else { throw invalid }
        self.nonce = issuer + "\n" + nonce
        guard let familyName = Self.name(claims["familyName"]), let givenName = Self.name(claims["givenName"]),
            let birthDate = claims["birthDate"]?.string.flatMap(CivilDate.init(text:))
        else { throw invalid }
        (self.familyName, self.givenName, self.birthDate) = (familyName, givenName, birthDate)
        guard let text = claims["insz"]?.string else { throw Refusal(.identityInszRequired, at: pointer) }
        guard let insz = INSZ(text: text) else { throw invalid }
        self.insz = insz
    }

    /// Notes that it was used, or refuses it if it was before.
    func use(pointer: String, in call: Call) throws {
        let row = try call.transaction.first(
            """
            insert into identity_use (nonce_hash, expires_at) values (\(Secret.hash(nonce)), \(expiresAt))
            on conflict do nothing returning true
            """)
        if row == nil { throw Refusal(.identityInvalid, at: pointer) }
    }

    private static func object(_ part: String) -> JSON? {
        guard let bytes = Base64URL.bytes(part), let json = try? JSON(parsing: bytes), json.object != nil else {
            return nil
        }
        return json
    }

    private static func name(_ json: JSON?) -> String? {
        json.flatMap { try? String(parameter: $0) }
    }
}

/// Bytes as text that may stand in an address: no padding, `-` and `_` (RFC 4648, section 5).
enum Base64URL {
    static func bytes(_ text: String) -> [UInt8]? {
        if text.utf8.contains(where: { "+/=".utf8.contains($0) }) { return nil }
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return Base64.bytes(String(standard) + String(repeating: "=", count: (4 - standard.count % 4) % 4))
    }

    static func text(_ bytes: [UInt8]) -> String {
        String(Base64.text(bytes).compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }
}

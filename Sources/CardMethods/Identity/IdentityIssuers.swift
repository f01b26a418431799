import Crypto
import JSONRPC

/// Those whose signed word proves who somebody is, each with the public key that their word is checked with.
public struct IdentityIssuers: Sendable {
    private var keys: [String: Key] = [:]

    enum Key: Sendable {
        case es256(P256.Signing.PublicKey)
        case edDSA(Curve25519.Signing.PublicKey)
    }

    public static let none = IdentityIssuers()

    private init() {}

    /// Why a file is no list of issuers; goes on after "it".
    public struct Malformed: Error, Sendable {
        public let reason: String
    }

    /// Reads the text of a file: a JSON object, with a public key in PEM for the name of each issuer. Keys are of the
    /// curve P-256 or Ed25519.
    public init(json bytes: [UInt8]) throws(Malformed) {
        guard let object = (try? JSON(parsing: bytes))?.object else {
            throw Malformed(reason: "must hold a JSON object with a public key in PEM for the name of each issuer")
        }
        for member in object.members {
            guard !member.name.isEmpty, let pem = member.value.string, let key = Key(pem: pem) else {
                throw Malformed(reason: "must hold for each issuer a public key in PEM, of P-256 or Ed25519")
            }
            keys[member.name] = key
        }
    }

    func key(of issuer: String) -> Key? { keys[issuer] }
}

extension IdentityIssuers.Key {
    /// What stands before the 32 bytes of an Ed25519 key in its encoding (RFC 8410).
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    init?(pem: String) {
        let lines = pem.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.first == "-----BEGIN PUBLIC KEY-----", lines.last == "-----END PUBLIC KEY-----",
            let bytes = Base64.bytes(lines.dropFirst().dropLast().joined())
        else { return nil }
        if bytes.starts(with: Self.ed25519Prefix) {
            let raw = Array(bytes.dropFirst(Self.ed25519Prefix.count))
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return nil }
            self = .edDSA(key)
        } else {
            guard let key = try? P256.Signing.PublicKey(derRepresentation: bytes) else { return nil }
            self = .es256(key)
        }
    }

    /// The word for the key's algorithm in the header of a token.
    var algorithm: String {
        switch self {
        case .es256: "ES256"
        case .edDSA: "EdDSA"
        }
    }

    func isRight(signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch self {
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .edDSA(let key): return key.isValidSignature(signature, for: bytes)
        }
    }
}

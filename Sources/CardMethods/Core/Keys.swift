import CardRules
import Crypto

/// The daemon's secret keys, all derived from one master key that lives outside of the database.
///
/// Each hash or sealed value begins with a byte that names its master key, so that a new one can be brought in while
/// old values are still read.
public struct Keys: Sendable {
    /// Names the master key that new values are made with.
    static let current: UInt8 = 1

    private let index: SymmetricKey
    private let seal: SymmetricKey
    private let params: SymmetricKey
    private let audit: SymmetricKey

    /// - Parameter master: 32 random bytes.
    public init(master: [UInt8]) {
        let master = SymmetricKey(data: master)
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Array("ksbd \(purpose)".utf8), outputByteCount: 32)
        }
        (index, seal, params, audit) = (derive("index"), derive("seal"), derive("params"), derive("audit"))
    }

    /// What an INSZ is found by: equal numbers give equal indexes, and none can be computed without the key.
    func blindIndex(_ text: String) -> [UInt8] {
        [Self.current] + HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: index)
    }

    /// What identifies the parameters of a call under its idempotency key.
    func paramsHash(method: String, _ canonical: [UInt8]) -> [UInt8] {
        var mac = HMAC<SHA256>(key: params)
        mac.update(data: Array(method.utf8) + [0])
        mac.update(data: canonical)
        return [Self.current] + mac.finalize()
    }

    /// A digest of a personal value for the audit trail.
    func auditDigest(_ text: String) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: audit).prefix(8))
    }

    /// Encrypts; `place` (table, column, row) is bound to the result, so that it cannot be moved elsewhere.
    func sealed(_ bytes: [UInt8], place: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: seal, authenticating: Array(place.utf8))
        return [Self.current] + Array(box.combined!)
    }

    func opened(_ sealed: [UInt8], place: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed.dropFirst())
        return Array(try AES.GCM.open(box, using: seal, authenticating: Array(place.utf8)))
    }
}

/// Secrets that are handed out once and kept as a hash: they have full entropy, so a plain hash is enough.
enum Secret {
    /// A new secret of so many random bytes, as text with a prefix that tells what it opens.
    static func make(prefix: String, bytes count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return prefix + Base32.text((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }
}

/// Text of bytes for people to type: no padding, no letters that look alike (Crockford's alphabet).
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { result.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: result, as: UTF8.self)
    }

    /// What somebody typed, in the alphabet's spelling: capitals, no spaces or hyphens, O as 0, I and L as 1.
    static func normalised(_ typed: String) -> String {
        String(
            typed.uppercased().compactMap { letter in
                switch letter {
                case " ", "-": nil
                case "O": "0"
                case "I", "L": "1"
                default: letter
                }
            })
    }
}

enum Hex {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

import CardRules
import Crypto
import Synchronization

/// The daemon's secret keys, all derived from master keys that live outside of the database.
///
/// Each hash or sealed value begins with a byte that names its master key, so that a new one can be brought in while
/// old values are still read. Which one writes, the database says: see `MasterKeys`.
public final class Keys: Sendable {
    private struct Ring: Sendable {
        var keys: [UInt8: Derived]
        var writing: UInt8
    }

    private let ring: Mutex<Ring>
    /// Reads the files again.
    private let source: @Sendable () throws -> MasterKeys

    /// - Parameter master: 32 random bytes, the only key there is.
    public convenience init(master: [UInt8]) {
        let keys = MasterKeys(only: master)
        self.init(keys) { keys }
    }

    /// Until it is told which key writes, the oldest does: everybody knows that one.
    ///
    /// - Parameter source: Reads the keys anew, as a name that is not known yet may have come since.
    public init(_ keys: MasterKeys, source: @escaping @Sendable () throws -> MasterKeys) {
        self.source = source
        ring = Mutex(Ring(keys: keys.keys.mapValues(Derived.init), writing: keys.oldest))
    }

    /// The names of the keys that can be read with.
    public var names: Set<UInt8> { ring.withLock { Set($0.keys.keys) } }

    /// Names the key that new values are made with.
    var writing: UInt8 { ring.withLock { $0.writing } }

    /// Takes what the database says: which keys there are, and which of them writes. Reads the files again where one is
    /// not known, and forgets those that were retired.
    ///
    /// - Throws: ``MasterKeyMissing`` if the files do not have one of them, or another one of its name.
    func adopt(_ known: [KnownKey]) throws {
        guard let writing = known.first(where: \.writes)?.name else { return }
        if !known.allSatisfy({ names.contains($0.name) }) { try readAgain() }
        try ring.withLock { ring in
            for key in known where ring.keys[key.name]?.checkValue != key.checkValue {
                throw MasterKeyMissing(name: key.name)
            }
            let names = Set(known.map(\.name))
            ring.keys = ring.keys.filter { names.contains($0.key) }
            ring.writing = writing
        }
    }

    private func readAgain() throws {
        let new = try source().keys.mapValues(Derived.init)
        ring.withLock { ring in ring.keys.merge(new) { old, _ in old } }
    }

    private func key(_ name: UInt8) throws -> Derived {
        if let key = ring.withLock({ $0.keys[name] }) { return key }
        try readAgain()
        guard let key = ring.withLock({ $0.keys[name] }) else { throw MasterKeyMissing(name: name) }
        return key
    }

    private var all: (writing: (UInt8, Derived), others: [(UInt8, Derived)]) {
        ring.withLock { ring in
            let others = ring.keys.filter { $0.key != ring.writing }.sorted { $0.key < $1.key }
            return ((ring.writing, ring.keys[ring.writing]!), others.map { ($0.key, $0.value) })
        }
    }

    /// What a text may be found by, under each key: equal texts give equal indexes, and none can be computed without
    /// the key.
    func blindIndexes(_ text: String) -> [[UInt8]] {
        let (writing, others) = all
        return ([writing] + others).map { $0.1.blindIndex(text, named: $0.0) }
    }

    /// What a text is found by, under one key.
    func blindIndex(_ text: String, under name: UInt8) throws -> [UInt8] { try key(name).blindIndex(text, named: name) }

    /// What identifies the parameters of a call under its idempotency key.
    func paramsHash(method: String, _ canonical: [UInt8]) -> ParamsHash {
        let (writing, others) = all
        return ParamsHash(
            written: writing.1.paramsHash(method, canonical, named: writing.0),
            others: others.map { $0.1.paramsHash(method, canonical, named: $0.0) })
    }

    /// A digest of a personal value for the audit trail, with the name of its key before it.
    func auditDigest(_ text: String) -> String {
        let (name, key) = all.writing
        return "\(name):" + Hex.text(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key.audit).prefix(8))
    }

    /// Encrypts; `place` (table, column, row) is bound to the result, so that it cannot be moved elsewhere.
    ///
    /// - Parameter name: The key; `nil` for the one that writes.
    func sealed(_ bytes: [UInt8], place: String, under name: UInt8? = nil) throws -> [UInt8] {
        let name = name ?? writing
        let box = try AES.GCM.seal(bytes, using: try key(name).seal, authenticating: Array(place.utf8))
        return [name] + Array(box.combined!)
    }

    func opened(_ sealed: [UInt8], place: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed.dropFirst())
        return Array(try AES.GCM.open(box, using: try key(sealed[0]).seal, authenticating: Array(place.utf8)))
    }

    /// What tells whether a key of this name is the right one.
    func checkValue(of name: UInt8) throws -> [UInt8] { try key(name).checkValue }
}

/// What is made of one master key.
private struct Derived: Sendable {
    let seal: SymmetricKey
    let audit: SymmetricKey
    let checkValue: [UInt8]
    private let index: SymmetricKey
    private let params: SymmetricKey

    init(_ master: [UInt8]) {
        let master = SymmetricKey(data: master)
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Array("ksbd \(purpose)".utf8), outputByteCount: 32)
        }
        (index, seal, params, audit) = (derive("index"), derive("seal"), derive("params"), derive("audit"))
        checkValue = derive("check").withUnsafeBytes { Array(SHA256.hash(data: $0)) }
    }

    func blindIndex(_ text: String, named name: UInt8) -> [UInt8] {
        [name] + HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: index)
    }

    func paramsHash(_ method: String, _ canonical: [UInt8], named name: UInt8) -> [UInt8] {
        var mac = HMAC<SHA256>(key: params)
        mac.update(data: Array(method.utf8) + [0])
        mac.update(data: canonical)
        return [name] + mac.finalize()
    }
}

/// What identifies the parameters of a call: under the key that writes, and under those that wrote before.
struct ParamsHash: Sendable, Hashable {
    let written: [UInt8]
    let others: [[UInt8]]

    func matches(_ stored: [UInt8]) -> Bool { written == stored || others.contains(stored) }
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
    /// `nil` for what is not an even number of hexadecimal digits.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { UInt8(String(UnicodeScalar($0)), radix: 16) }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0]! << 4 | digits[$0 + 1]! }
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

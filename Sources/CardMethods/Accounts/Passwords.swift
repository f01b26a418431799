import Crypto
import CryptoExtras
import Dispatch
import JSONRPC
import Synchronization

/// Hashes passwords with scrypt (N = 2^15, r = 8, p = 3), two at a time, for one takes a tenth of a second and 32 MiB.
/// More than sixteen waiting are turned away, so that guessing cannot take the machine.
final class Passwords: Sendable {
    private let queue = DispatchQueue(label: "ksbd.passwords", attributes: .concurrent)
    private let slots = DispatchSemaphore(value: 2)
    private let waiting = Mutex(0)
    private static let maximumWaiting = 16
    private let rounds: Int

    /// - Parameter rounds: scrypt's N, a power of two; less than 2^15 in tests only.
    init(rounds: Int) { self.rounds = rounds }

    struct Hashed: Sendable, Hashable {
        let salt: [UInt8]
        let hash: [UInt8]
    }

    /// A new salt and the hash under it.
    func hash(_ password: String) async throws -> Hashed {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Hashed(salt: salt, hash: try await derive(password, salt))
    }

    /// Whether the password is the one that was hashed. Takes as long for an account that does not exist (`nil`).
    func verify(_ password: String, against hashed: Hashed?) async throws -> Bool {
        let hash = try await derive(password, hashed?.salt ?? Array(repeating: 0, count: 16))
        guard let hashed else { return false }
        // Without an early end, so that time tells nothing.
        return zip(hash, hashed.hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && hash.count == hashed.hash.count
    }

    private func derive(_ password: String, _ salt: [UInt8]) async throws -> [UInt8] {
        let isFull = waiting.withLock { count in
            if count >= Self.maximumWaiting { return true }
            count += 1
            return false
        }
        if isFull { throw RPCError.limitExceeded(retryAfterMilliseconds: 1000) }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [slots, rounds] in
                slots.wait()
                defer { slots.signal() }
                continuation.resume(
                    with: Result {
                        let key = try KDF.Scrypt.deriveKey(
                            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: rounds, blockSize: 8,
                            parallelism: 3)
                        return key.withUnsafeBytes { Array($0) }
                    })
            }
        }
    }
}

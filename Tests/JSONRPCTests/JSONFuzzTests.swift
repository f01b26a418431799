import JSONRPC
import Testing

/// Inputs that nobody thought of. The seeds are fixed; a finding becomes a case of the tables.
@Suite struct `Mutated input` {
    static let seeds = [
        #"{"jsonrpc":"2.0","id":1,"method":"pillar.checkIn","params":{"chip":"04A2"}}"#,
        #"[{"a":[1,-2.5e3,null,true,false]},"x\ud834\udd1e\n",{}]"#,
        #"{"é":"€𝄞","k":9223372036854775807,"n":-0,"o":{"p":{"q":[]}}}"#,
        "\"\\u0041\\\\\" ", "[[[[[[[[1]]]]]]]]", "-12345678901234567890.5E+10",
    ].map { Array($0.utf8) }
    static let splices = ["\\u", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "e", "\u{0}", "\n", "é"].map {
        Array($0.utf8)
    }

    /// One to four changes: a flipped bit, a splice, a cut, a doubled or borrowed stretch.
    static func mutate(_ generator: inout Generator) -> [UInt8] {
        var bytes = generator.pick(seeds)
        for _ in 0...generator.below(4) where !bytes.isEmpty {
            let at = generator.below(bytes.count)
            let end = min(bytes.count, at + 1 + generator.below(8))
            switch generator.below(6) {
            case 0: bytes[at] ^= 1 << UInt8(generator.below(8))
            case 1: bytes[at] = UInt8(generator.below(256))
            case 2: bytes.insert(contentsOf: generator.pick(splices), at: at)
            case 3: bytes.removeSubrange(at..<end)
            case 4: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
            default:
                let other = generator.pick(seeds)
                bytes.replaceSubrange(at..<end, with: other.prefix(generator.below(other.count)))
            }
        }
        return bytes
    }

    @Test func `whatever is accepted reads back the same from what we write`() throws {
        var generator = Generator(seed: 7420)
        var accepted = 0
        for _ in 0..<200_000 {
            let bytes = Self.mutate(&generator)
            guard let value = try? JSON(parsing: bytes) else { continue }
            accepted += 1
            let written = value.bytes
            let again = try JSON(parsing: written)
            #expect(again == value && again.bytes == written, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 10_000)
    }

    @Test func `the decoder gives the same frames of any bytes, however they are split`() {
        var generator = Generator(seed: 7480)
        var limits = WireLimits()
        limits.messageBytesBeforeLogin = 60
        limits.headerBytes = 60
        for _ in 0..<20_000 {
            var stream: [UInt8] = generator.below(4) == 0 ? Array("Content-Length: 9\r\n\r\n{\"a\":123}".utf8) : []
            for _ in 0..<generator.below(4) { stream += Self.mutate(&generator) + [0x0A] }
            let whole = Decoded(stream, limits, chunks: [stream.count])
            let split = generator.below(stream.count + 1)
            #expect(Decoded(stream, limits, chunks: [split, stream.count - split]) == whole)
            #expect(Decoded(stream, limits, chunks: Array(repeating: 1, count: stream.count)) == whole)
        }
    }
}

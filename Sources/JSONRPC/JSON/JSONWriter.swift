/// Writes compact JSON into bytes. Output is pure UTF-8 without line ends, so that it fits each framing.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// Whether a comma must stand before the next value or name on this level.
    private var needsComma = false

    public init(reserving capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    public mutating func null() { value("null") }
    public mutating func bool(_ it: Bool) { value(it ? "true" : "false") }

    public mutating func integer(_ it: Int64) {
        separate()
        if it < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = it.magnitude
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)  // 20 digits at most, of 24 bytes.
        withUnsafeMutableBytes(of: &digits) { buffer in
            var at = buffer.count
            repeat {
                at -= 1
                buffer[at] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[at...]))
        }
        needsComma = true
    }

    /// A number as it was written by a peer or computed elsewhere; the caller vouches for its syntax.
    public mutating func number(_ text: String) { value(text) }

    public mutating func string(_ it: String) {
        separate()
        quote(it)
        needsComma = true
    }

    public mutating func object(_ body: (inout JSONWriter) -> Void) { nested("{", body, "}") }
    public mutating func array(_ body: (inout JSONWriter) -> Void) { nested("[", body, "]") }

    /// A member's name; its value must be written next.
    public mutating func name(_ it: String) {
        separate()
        quote(it)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A value that was written before.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    public mutating func json(_ it: JSON) {
        switch it {
        case .null: null()
        case .bool(let value): bool(value)
        case .integer(let value): integer(value)
        case .number(let text): number(text)
        case .string(let value): string(value)
        case .array(let values): array { writer in for value in values { writer.json(value) } }
        case .object(let object):
            self.object { writer in
                for member in object.members {
                    writer.name(member.name)
                    writer.json(member.value)
                }
            }
        }
    }

    private mutating func separate() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

    private mutating func value(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func nested(_ open: Unicode.Scalar, _ body: (inout JSONWriter) -> Void, _ close: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func quote(_ it: String) {
        var it = it
        it.withUTF8 { utf8 in
            bytes.append(UInt8(ascii: "\""))
            var start = 0
            for at in 0..<utf8.count where Self.needsEscape(utf8[at]) {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<at]))
                escape(utf8[at])
                start = at + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            for digit in [byte >> 4, byte & 15] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
            }
        }
    }
}

extension JSON {
    /// The compact text.
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.json(self)
        return writer.bytes
    }

    /// The compact text as a string.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Reads QR codes of the smallest size, 21 modules a side: as a telephone would, but from a picture without damage.
enum QRReader {
    static let side = 21

    /// The text of a code; `nil` for what is none.
    static func text(_ isDark: (_ x: Int, _ y: Int) -> Bool) -> String? {
        text(of: bits(isDark, mask: mask(isDark)))
    }

    /// The number of the mask, from the format beside the upper left finder.
    private static func mask(_ isDark: (Int, Int) -> Bool) -> Int {
        // From the highest bit: error correction in two, the mask in three.
        let format = (0...4).reduce(0) { $0 << 1 | (isDark($1, 8) ? 1 : 0) }
        return (format ^ 0b10101) & 7
    }

    private static func isMasked(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (y / 2 + x / 3) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// Finders with their borders and formats, and the two lines between them.
    private static func isFunction(_ x: Int, _ y: Int) -> Bool {
        x == 6 || y == 6 || (x < 9 && (y < 9 || y > 12)) || (x > 12 && y < 9)
    }

    /// All bits of data and of error correction, from the lower right in columns of two, up and down.
    private static func bits(_ isDark: (Int, Int) -> Bool, mask: Int) -> [Bool] {
        var bits: [Bool] = []
        var isUpward = true
        for right in [20, 18, 16, 14, 12, 10, 8, 5, 3, 1] {
            for step in 0..<side {
                let y = isUpward ? side - 1 - step : step
                for x in [right, right - 1] where !isFunction(x, y) {
                    bits.append(isDark(x, y) != isMasked(mask, x, y))
                }
            }
            isUpward.toggle()
        }
        return bits
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

    /// The segments one after another, up to the end mark.
    private static func text(of bits: [Bool]) -> String? {
        var place = 0
        func take(_ count: Int) -> Int {
            defer { place += count }
            return bits[place..<min(bits.count, place + count)].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var text = ""
        while place + 4 <= bits.count {
            switch take(4) {
            case 0b0001:
                var digits = take(10)
                while digits > 0 {
                    let (count, width) = digits >= 3 ? (3, 10) : digits == 2 ? (2, 7) : (1, 4)
                    let number = String(take(width))
                    text += String(repeating: "0", count: max(0, count - number.count)) + number
                    digits -= count
                }
            case 0b0010:
                var letters = take(9)
                while letters > 1 {
                    let pair = take(11)
                    guard pair / 45 < alphabet.count else { return nil }
                    text += String([alphabet[pair / 45], alphabet[pair % 45]])
                    letters -= 2
                }
                if letters == 1 { text.append(alphabet[take(6) % 45]) }
            case 0b0100:
                let count = take(8)
                text += String(decoding: (0..<count).map { _ in UInt8(take(8)) }, as: UTF8.self)
            case 0b0000: return text
            default: return nil
            }
        }
        return text
    }
}

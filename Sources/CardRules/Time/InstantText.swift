extension Instant {
    /// RFC 3339 in Brussels time with its offset, to the second or the microsecond: `2026-03-29T03:00:00+02:00`.
    public var text: String {
        let offset = Brussels.offsetSeconds(at: self)
        let (date, time) = Brussels.civil(self)
        let fraction = Int(microseconds - seconds * 1_000_000)
        let pad = CivilDate.pad
        let clock = "\(pad(time.seconds / 3600, 2)):\(pad(time.seconds / 60 % 60, 2)):\(pad(time.seconds % 60, 2))"
        return "\(date.text)T\(clock)\(fraction == 0 ? "" : "." + pad(fraction, 6))+0\(offset / 3600):00"
    }

    /// Reads RFC 3339 with an offset and capital `T` and `Z`; `nil` for anything else, times that cannot be among
    /// them. Of a fraction of one to nine digits, what is below the microsecond is cut off. The instant's day in
    /// Brussels must be within the years 1 to 9999, so that what was read can be written.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = CivilDate(text: String(decoding: bytes[..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T"), let time = TimeOfDay(text: String(decoding: bytes[11..<19], as: UTF8.self))
        else { return nil }
        var at = 19
        var micros = 0
        if bytes[at] == UInt8(ascii: ".") {
            at += 1
            let start = at
            while at < bytes.count, let digit = bytes[at].digit {
                if at - start < 6 { micros = micros * 10 + digit }
                at += 1
            }
            guard (1...9).contains(at - start) else { return nil }
            for _ in (at - start)..<max(6, at - start) { micros *= 10 }
        }
        guard let offset = Self.offsetSeconds(bytes[at...]) else { return nil }
        let local = Int64(date.dayNumber) * 86_400 + Int64(time.seconds)
        self.init(microseconds: (local - Int64(offset)) * 1_000_000 + Int64(micros))
        guard (1...9999).contains(Brussels.date(self).year) else { return nil }
    }

    private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(bytes)
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let h1 = bytes[1].digit, let h2 = bytes[2].digit,
            let m1 = bytes[4].digit, let m2 = bytes[5].digit, h1 * 10 + h2 < 24, m1 < 6
        else { return nil }
        let seconds = (h1 * 10 + h2) * 3600 + (m1 * 10 + m2) * 60
        switch bytes[0] {
        case UInt8(ascii: "+"): return seconds
        case UInt8(ascii: "-"): return -seconds
        default: return nil
        }
    }
}

extension CivilDate {
    /// Reads `2026-04-30`; `nil` for anything else, days that do not exist among them.
    public init?(text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Self.number(parts[0]), let month = Self.number(parts[1]), let day = Self.number(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    static func number(_ digits: some Collection<UInt8>) -> Int? {
        var result = 0
        for byte in digits {
            guard let digit = byte.digit else { return nil }
            result = result * 10 + digit
        }
        return digits.isEmpty ? nil : result
    }
}

extension TimeOfDay {
    /// Reads `20:00` or `20:00:00`.
    public init?(text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 }) else { return nil }
        let numbers = parts.compactMap { CivilDate.number($0) }
        guard numbers.count == parts.count else { return nil }
        self.init(hour: numbers[0], minute: numbers[1], second: numbers.count == 3 ? numbers[2] : 0)
    }

    /// `20:00`, with seconds where there are any.
    public var text: String {
        let pad = CivilDate.pad
        let minutes = "\(pad(seconds / 3600, 2)):\(pad(seconds / 60 % 60, 2))"
        return seconds % 60 == 0 ? minutes : "\(minutes):\(pad(seconds % 60, 2))"
    }
}

extension UInt8 {
    /// The value of an ASCII digit.
    var digit: Int? { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? Int(self) - 48 : nil }
}

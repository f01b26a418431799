/// The arithmetic of check digits, on ASCII digits and letters.
enum CheckDigits {
    /// The value of each digit; `nil` if anything else is among them or the count is not the one asked.
    static func digits(_ text: String, count: Int) -> [Int]? {
        let digits = text.utf8.compactMap(\.digit)
        return digits.count == count && text.utf8.count == count ? digits : nil
    }

    /// Luhn's sum of digits of which the last is the check digit: a multiple of ten if that is right.
    static func luhnSum(_ digits: some BidirectionalCollection<Int>) -> Int {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let weighed = place % 2 == 1 ? digit * 2 : digit
            sum += weighed > 9 ? weighed - 9 : weighed
        }
        return sum
    }

    /// The remainder by 97 of a number written with digits, and letters that count for 10 to 35.
    static func modulo97(_ characters: some Sequence<UInt8>) -> Int {
        characters.reduce(0) { remainder, character in
            if let digit = character.digit { return (remainder * 10 + digit) % 97 }
            return (remainder * 100 + Int(character) - 55) % 97
        }
    }
}

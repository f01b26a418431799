/// A person's name as likely duplicates are told by it: without accents, case, blanks and hyphens.
public struct ComparedName: Sendable, Hashable {
    let name: [UInt8]
    let firstName: [UInt8]
    /// How often each letter is in it, by the letter's last five bits: a lower bound of the changes between two names.
    private let letters: SIMD32<UInt8>

    public init(name: String, firstName: String) {
        (self.name, self.firstName) = (Self.letters(of: name), Self.letters(of: firstName))
        var letters = SIMD32<UInt8>()
        for letter in self.name + self.firstName { letters[Int(letter & 31)] &+= 1 }
        self.letters = letters
    }

    private static func letters(of text: String) -> [UInt8] {
        FoldedText.of(text).utf8.filter { $0 >= 0x80 || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }

    /// Whether more letters differ than that many changes can make; a change swaps one letter for another at most.
    fileprivate func isFar(from other: ComparedName, changes: Int) -> Bool {
        let differences = pointwiseMax(letters, other.letters) &- pointwiseMin(letters, other.letters)
        var sum = 0
        for index in differences.indices { sum += Int(differences[index]) }
        return sum > 2 * changes
    }
}

/// Why two people with the same birth date are likely to be one.
public enum Likeness: String, Sendable, CaseIterable {
    /// The same name and first name.
    case same
    /// The one's name is the other's first name.
    case swapped
    /// A slip or two of the pen.
    case similar
}

/// People who are likely to be registered twice.
public enum Duplicates {
    /// Letters that may be added, left out or changed.
    static let mostChanges = 2

    /// How two people who were born on the same day are alike; `nil` if they are not.
    public static func likeness(_ one: ComparedName, _ other: ComparedName) -> Likeness? {
        if one.isFar(from: other, changes: mostChanges) { return nil }
        if one.name == other.name, one.firstName == other.firstName { return .same }
        if one.name == other.firstName, one.firstName == other.name { return .swapped }
        return isWithin(mostChanges, one.name + one.firstName, other.name + other.firstName) ? .similar : nil
    }

    /// Two numbers of the national register are two people, but for a BIS number that was given before another.
    public static func excludes(_ one: INSZ?, _ other: INSZ?) -> Bool {
        guard let one, let other else { return false }
        return one != other && !one.isBIS && !other.isBIS
    }

    /// Whether so many changes of a letter (Levenshtein) make one of the other.
    static func isWithin(_ changes: Int, _ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard abs(one.count - other.count) <= changes else { return false }
        var row = Array(0...other.count)
        for (index, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            var least = row[0]
            for place in other.indices {
                let kept = diagonal + (other[place] == letter ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(kept, diagonal + 1, row[place] + 1)
                least = min(least, row[place + 1])
            }
            if least > changes { return false }
        }
        return row[other.count] <= changes
    }
}

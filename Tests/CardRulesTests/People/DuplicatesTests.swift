import Testing

@testable import CardRules

struct DuplicatesTests {
    @Test(
        arguments: [
            ("Peeters", "An", "PEETERS", "an", Likeness.same), ("Déjà-Vu", "Hélène", "deja vu", "Helene", .same),
            ("D'Hondt", "Jan", "Dhondt", "Jan", .same), ("An", "Peeters", "Peeters", "An", .swapped),
            ("Peeters", "An", "Peters", "An", .similar), ("Peeters", "An", "Peeters", "Anna", .similar),
            ("Peeters", "An", "Peetesr", "An", .similar), ("Peeters", "Jan", "Pieters", "Jan", .similar),
            ("Peeters", "Jan", "Peeters", "Jos", .similar), ("Peeters", "Jan", "Peeters", "Joris", nil),
            ("Peeters", "An", "Pieterse", "Ann", nil), ("Li", "Bo", "Ng", "An", nil),
            ("Нина", "Ан", "Нина", "Ан", .same),
            ("Peeters", "An", "Sretee", "Pan", nil),
        ] as [(String, String, String, String, Likeness?)])
    func `two people of one birth date are alike by name, swapped names or two slips`(
        name: String, firstName: String, otherName: String, otherFirstName: String, likeness: Likeness?
    ) {
        let one = ComparedName(name: name, firstName: firstName)
        let other = ComparedName(name: otherName, firstName: otherFirstName)
        #expect(Duplicates.likeness(one, other) == likeness && Duplicates.likeness(other, one) == likeness)
    }

    @Test(arguments: [
        ("kitten", "sitting", 3), ("", "abc", 3), ("abc", "abc", 0), ("flaw", "lawn", 2), ("abcdef", "badcfe", 4),
    ])
    func `changes are counted as Levenshtein does`(one: String, other: String, changes: Int) {
        for limit in 0...5 {
            #expect(Duplicates.isWithin(limit, Array(one.utf8), Array(other.utf8)) == (changes <= limit))
        }
    }

    @Test func `REG-11 two numbers of the national register are two people, a BIS number may be either's`() {
        let one = INSZ(text: "85031799708")!
        let (other, bis) = (INSZ(text: "85031799510")!, INSZ(text: "85231799751")!)
        #expect(Duplicates.excludes(one, other) && !Duplicates.excludes(one, one))
        #expect(!Duplicates.excludes(one, nil) && !Duplicates.excludes(nil, nil) && !Duplicates.excludes(one, bis))
    }
}

/// What is wrong with a value or a row of a file, for those who do not read English. Whoever reads values says it in
/// English, as a phrase that goes on after the name of what it is about; here are the same phrases in Dutch and French.
public enum FaultText {
    /// A phrase in three languages; in English where there is no other.
    public static func translated(_ phrase: String) -> Translated {
        for known in phrases {
            guard let values = known.en.values(in: phrase) else { continue }
            return Translated(
                nl: known.nl.filled(values.map { kinds[$0]?.nl ?? $0 }), en: phrase,
                fr: known.fr.filled(values.map { kinds[$0]?.fr ?? $0 }))
        }
        return Translated(nl: phrase, en: phrase, fr: phrase)
    }

    /// A phrase in which `%` stands for a value.
    private struct Phrase: ExpressibleByStringLiteral, Sendable {
        private let parts: [Substring]

        init(stringLiteral text: StaticString) {
            parts = "\(text)".split(separator: "%", omittingEmptySubsequences: false)
        }

        /// The values in a text that is this phrase; `nil` if it is another.
        func values(in text: String) -> [String]? {
            guard text.hasPrefix(parts[0]), text.hasSuffix(parts.last!) else { return nil }
            var rest = text.dropFirst(parts[0].count)
            var values: [String] = []
            for (index, part) in parts.enumerated().dropFirst() {
                let end = index == parts.count - 1
                guard let place = end ? rest.endOf(part) : rest.firstRange(of: part)?.lowerBound else { return nil }
                values.append(String(rest[..<place]))
                rest = rest[place...].dropFirst(part.count)
            }
            return rest.isEmpty ? values : nil
        }

        func filled(_ values: [String]) -> String {
            zip(parts, values + [""]).map { $0 + $1 }.joined()
        }
    }

    private typealias Known = (en: Phrase, nl: Phrase, fr: Phrase)

    /// What a value is instead.
    private static let kinds: [String: (nl: String, fr: String)] = [
        "null": ("leeg", "vide"), "a boolean": ("ja of nee", "oui ou non"),
        "an integer": ("een geheel getal", "un nombre entier"), "a number": ("een getal", "un nombre"),
        "a string": ("een tekst", "un texte"), "an array": ("een lijst", "une liste"),
        "an object": ("een object", "un objet"),
    ]

    /// The first that fits holds.
    private static let phrases = files + values + numbers + people + choices

    private static let files: [Known] = [
        (
            "is not UTF-8; say so if the file is latin1", "is geen UTF-8; zeg het als het bestand latin1 is",
            "n'est pas en UTF-8 ; indiquez-le si le fichier est en latin1"
        ),
        (
            "holds a byte that is no letter in latin1", "bevat een byte die in latin1 geen letter is",
            "contient un octet qui n'est pas une lettre en latin1"
        ),
        (
            "has a quotation mark that is not closed", "heeft een aanhalingsteken dat niet gesloten is",
            "a un guillemet qui n'est pas fermé"
        ),
        (
            "has text after its closing quotation mark", "heeft tekst na het sluitende aanhalingsteken",
            "a du texte après le guillemet fermant"
        ),
        ("has more than % bytes", "heeft meer dan % bytes", "a plus de % octets"),
        ("has more than % columns", "heeft meer dan % kolommen", "a plus de % colonnes"),
        (
            "has % columns, where the header has %", "heeft % kolommen, de kop heeft er %",
            "a % colonnes, l'en-tête en a %"
        ),
        (
            "is UTF-16; save the file as UTF-8", "is UTF-16; bewaar het bestand als UTF-8",
            "est en UTF-16 ; enregistrez le fichier en UTF-8"
        ),
    ]

    private static let values: [Known] = [
        ("is missing", "ontbreekt", "manque"),
        (
            "is missing: an administrator names the counter, or chooses one",
            "ontbreekt: een beheerder noemt de balie, of kiest er een",
            "manque : un administrateur indique le guichet, ou en choisit un"
        ),
        (
            "is not a parameter here; did you mean %?", "is hier geen parameter; bedoelde u %?",
            "n'est pas un paramètre ici ; vouliez-vous dire % ?"
        ),
        ("is not a parameter here", "is hier geen parameter", "n'est pas un paramètre ici"),
        ("must be a string, not %", "moet een tekst zijn, niet %", "doit être un texte, pas %"),
        ("must be a UUID", "moet een UUID zijn", "doit être un UUID"),
        (
            "must be an integer without fraction or exponent, not %",
            "moet een geheel getal zijn, zonder komma of exponent, niet %",
            "doit être un nombre entier, sans virgule ni exposant, pas %"
        ),
        (
            "must be an integer from % to %", "moet een geheel getal van % tot % zijn",
            "doit être un nombre entier de % à %"
        ),
        ("must be true or false, not %", "moet ja of nee zijn, niet %", "doit être oui ou non, pas %"),
        ("must be an array, not %", "moet een lijst zijn, niet %", "doit être une liste, pas %"),
        ("must be an object, not %", "moet een object zijn, niet %", "doit être un objet, pas %"),
        (
            "must be one of %; did you mean %?", "moet een van deze zijn: %; bedoelde u %?",
            "doit être une de ces valeurs : % ; vouliez-vous dire % ?"
        ),
        ("must be one of %", "moet een van deze zijn: %", "doit être une de ces valeurs : %"),
        ("must lie between % and %", "moet tussen % en % liggen", "doit se situer entre % et %"),
        ("must not be empty", "mag niet leeg zijn", "ne peut pas être vide"),
        ("must have at most % characters", "mag hoogstens % tekens hebben", "peut avoir au plus % caractères"),
        ("must have % to % characters", "moet % tot % tekens hebben", "doit avoir de % à % caractères"),
        (
            "must be a text of % to % characters", "moet een tekst van % tot % tekens zijn",
            "doit être un texte de % à % caractères"
        ),
        (
            "must be one line of at most % characters", "moet één regel van hoogstens % tekens zijn",
            "doit être une ligne d'au plus % caractères"
        ),
        ("must have at most % elements", "mag hoogstens % elementen hebben", "peut avoir au plus % éléments"),
        (
            "must not hold control characters", "mag geen stuurtekens bevatten",
            "ne peut pas contenir de caractères de contrôle"
        ),
        (
            "must be a date-time with offset (RFC 3339), such as %",
            "moet een tijdstip met tijdzone zijn (RFC 3339), zoals %",
            "doit être une date et heure avec décalage (RFC 3339), par exemple %"
        ),
        (
            "must be a date that exists, such as %", "moet een bestaande datum zijn, zoals %",
            "doit être une date qui existe, par exemple %"
        ),
    ]

    private static let numbers: [Known] = [
        (
            "must be a card number of 13 digits", "moet een kaartnummer van 13 cijfers zijn",
            "doit être un numéro de carte de 13 chiffres"
        ),
        (
            "must be a card number with a right check digit (the last one)",
            "moet een kaartnummer met een juist controlecijfer (het laatste) zijn",
            "doit être un numéro de carte avec un chiffre de contrôle correct (le dernier)"
        ),
        (
            "must be a card number whose twelfth digit is 0 or 1",
            "moet een kaartnummer zijn waarvan het twaalfde cijfer 0 of 1 is",
            "doit être un numéro de carte dont le douzième chiffre est 0 ou 1"
        ),
        (
            "must be a card number (13 digits), chip number (14) or INSZ (11)",
            "moet een kaartnummer (13 cijfers), chipnummer (14) of INSZ (11) zijn",
            "doit être un numéro de carte (13 chiffres), de puce (14) ou un NISS (11)"
        ),
        (
            "must be a chip number of 14 hexadecimal digits", "moet een chipnummer van 14 hexadecimale cijfers zijn",
            "doit être un numéro de puce de 14 chiffres hexadécimaux"
        ),
        (
            "must be an INSZ of 11 digits, such as %", "moet een INSZ van 11 cijfers zijn, zoals %",
            "doit être un NISS de 11 chiffres, par exemple %"
        ),
        (
            "must be an INSZ with a month of 00 to 12, or 20 or 40 more",
            "moet een INSZ zijn met een maand van 00 tot 12, of 20 of 40 meer",
            "doit être un NISS avec un mois de 00 à 12, ou 20 ou 40 de plus"
        ),
        (
            "must be an INSZ with a serial number of 001 to 998",
            "moet een INSZ met een volgnummer van 001 tot 998 zijn",
            "doit être un NISS avec un numéro d'ordre de 001 à 998"
        ),
        (
            "must be an INSZ with right check digits (the last two)",
            "moet een INSZ met juiste controlecijfers (de laatste twee) zijn",
            "doit être un NISS avec des chiffres de contrôle corrects (les deux derniers)"
        ),
        (
            "must be an INSZ with a day that exists", "moet een INSZ met een bestaande dag zijn",
            "doit être un NISS avec un jour qui existe"
        ),
        (
            "must be a structured communication, such as %", "moet een gestructureerde mededeling zijn, zoals %",
            "doit être une communication structurée, par exemple %"
        ),
        (
            "must be a structured communication with right check digits (the last two)",
            "moet een gestructureerde mededeling met juiste controlecijfers (de laatste twee) zijn",
            "doit être une communication structurée avec des chiffres de contrôle corrects (les deux derniers)"
        ),
        (
            "must be an IBAN: two letters, two digits, then letters and digits",
            "moet een IBAN zijn: twee letters, twee cijfers, dan letters en cijfers",
            "doit être un IBAN : deux lettres, deux chiffres, puis des lettres et des chiffres"
        ),
        (
            "must be an IBAN of a country in the SEPA area", "moet een IBAN van een land in de SEPA-zone zijn",
            "doit être un IBAN d'un pays de la zone SEPA"
        ),
        (
            "must be an IBAN as long as its country's are", "moet een IBAN zijn, zo lang als die van zijn land",
            "doit être un IBAN de la longueur de ceux de son pays"
        ),
        (
            "must be an IBAN with right check digits (the third and fourth)",
            "moet een IBAN met juiste controlecijfers (het derde en vierde) zijn",
            "doit être un IBAN avec des chiffres de contrôle corrects (le troisième et le quatrième)"
        ),
        (
            "must be a Belgian IBAN with right check digits (the last two)",
            "moet een Belgische IBAN met juiste controlecijfers (de laatste twee) zijn",
            "doit être un IBAN belge avec des chiffres de contrôle corrects (les deux derniers)"
        ),
    ]

    private static let people: [Known] = [
        (
            "must be an e-mail address, such as %", "moet een e-mailadres zijn, zoals %",
            "doit être une adresse e-mail, par exemple %"
        ),
        (
            "must be an e-mail address of at most % characters, % before the @",
            "moet een e-mailadres van hoogstens % tekens zijn, % voor de @",
            "doit être une adresse e-mail d'au plus % caractères, % avant le @"
        ),
        (
            "must be a telephone number, such as % or %", "moet een telefoonnummer zijn, zoals % of %",
            "doit être un numéro de téléphone, par exemple % ou %"
        ),
        (
            "must be a Belgian telephone number of nine digits, or ten if mobile",
            "moet een Belgisch telefoonnummer van negen cijfers zijn, of tien voor een gsm",
            "doit être un numéro de téléphone belge de neuf chiffres, ou dix pour un mobile"
        ),
        (
            "must be a Belgian postal code of four digits, % to %",
            "moet een Belgische postcode van vier cijfers zijn, van % tot %",
            "doit être un code postal belge de quatre chiffres, de % à %"
        ),
        (
            "must be a country's code of two letters, such as %", "moet een landcode van twee letters zijn, zoals %",
            "doit être un code de pays de deux lettres, par exemple %"
        ),
        (
            "must be given with an nfcCard", "is nodig bij een nfcCard", "est nécessaire avec une nfcCard"
        ),
        (
            "must be left out with a digital card", "moet wegblijven bij een digitale kaart",
            "doit être omis avec une carte numérique"
        ),
        (
            "must be a picture in JPEG or PNG", "moet een foto in JPEG of PNG zijn",
            "doit être une photo en JPEG ou PNG"
        ),
        (
            "must be a picture of at most % MiB", "moet een foto van hoogstens % MiB zijn",
            "doit être une photo d'au plus % Mio"
        ),
        (
            "must be a picture of at most % pixels a side, and 40 million in all",
            "moet een foto van hoogstens % pixels per zijde zijn, en 40 miljoen in totaal",
            "doit être une photo d'au plus % pixels de côté, et 40 millions au total"
        ),
        (
            "must be a whole PNG picture", "moet een volledige PNG-foto zijn", "doit être une photo PNG complète"
        ),
        (
            "must be a whole JPEG picture: baseline or progressive",
            "moet een volledige JPEG-foto zijn: baseline of progressief",
            "doit être une photo JPEG complète : baseline ou progressive"
        ),
        (
            "must be the file in base64, with padding", "moet het bestand in base64 zijn, met opvulling",
            "doit être le fichier en base64, avec remplissage"
        ),
    ]

    private static let choices: [Known] = [
        ("give either % or %", "geef ofwel % ofwel %", "indiquez soit %, soit %"),
        ("give exactly one of %, % and %", "geef precies een van %, % en %", "indiquez exactement un de %, % et %"),
        ("goes with a batch", "hoort bij een partij", "va avec un lot"),
        ("is needed to force", "is nodig om te forceren", "est nécessaire pour forcer"),
    ]
}

extension Substring {
    /// Where a part begins that it ends with.
    fileprivate func endOf(_ part: Substring) -> Index? {
        hasSuffix(part) ? index(endIndex, offsetBy: -part.count) : nil
    }
}

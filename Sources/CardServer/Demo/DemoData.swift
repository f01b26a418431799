import CardRules
import JSONRPC

/// Who and what is in the demo world. All people are invented.
enum DemoData {
    /// The nine municipalities of the card system, with their postal codes and where they lie, in millionths of a
    /// degree.
    static let municipalities: [(name: String, postalCodes: [String], latitude: Int64, longitude: Int64)] = [
        ("Aalter", ["9880", "9881", "9910"], 51_090_000, 3_447_000),
        ("Assenede", ["9960", "9961", "9968"], 51_227_000, 3_751_000),
        ("Eeklo", ["9900"], 51_187_000, 3_556_000),
        ("Evergem", ["9940"], 51_110_000, 3_709_000),
        ("Kaprijke", ["9970", "9971"], 51_218_000, 3_616_000),
        ("Lievegem", ["9920", "9921", "9930", "9931", "9932", "9950"], 51_120_000, 3_597_000),
        ("Sint-Laureins", ["9980", "9981", "9982", "9988"], 51_242_000, 3_524_000),
        ("Wachtebeke", ["9185"], 51_168_000, 3_871_000),
        ("Zelzate", ["9060"], 51_198_000, 3_810_000),
    ]

    /// The card system next to it.
    static let neighbours: [(name: String, postalCodes: [String], latitude: Int64, longitude: Int64)] = [
        ("Deinze", ["9800", "9850"], 50_982_000, 3_532_000),
        ("Nazareth-De Pinte", ["9810", "9840"], 50_957_000, 3_611_000),
    ]

    /// A counter: its group, its municipality, its staff, and the number of the organizer it is.
    struct Counter {
        let name: String
        let group: StandardGroup
        let municipality: String
        let admin: String
        let member: String?
        let organizer: Int?
    }

    static let counters: [Counter] = [
        Counter(
            name: "Stadhuis Eeklo", group: .authorisedRegistrationCounter, municipality: "Eeklo",
            admin: "stadhuis.eeklo@demo.example", member: "balie.eeklo@demo.example", organizer: 0),
        Counter(
            name: "Gemeentehuis Aalter", group: .authorisedRegistrationCounter, municipality: "Aalter",
            admin: "onthaal.aalter@demo.example", member: nil, organizer: 1),
        Counter(
            name: "Bibliotheek Evergem", group: .plainRegistrationCounter, municipality: "Evergem",
            admin: "bib.evergem@demo.example", member: "balie.eeklo@demo.example", organizer: 2),
        Counter(
            name: "Sporthal Zelzate", group: .checkInAndTicketCounter, municipality: "Zelzate",
            admin: "sport.zelzate@demo.example", member: nil, organizer: 3),
        Counter(
            name: "Jeugdhuis Lievegem", group: .checkInAndTicketCounter, municipality: "Lievegem",
            admin: "jeugd.lievegem@demo.example", member: nil, organizer: 4),
        Counter(
            name: "Bakkerij De Korenbloem", group: .merchant, municipality: "Assenede",
            admin: "korenbloem@demo.example", member: nil, organizer: nil),
    ]

    /// Of the card system next to it.
    static let neighbourCounters: [Counter] = [
        Counter(
            name: "Stadhuis Deinze", group: .authorisedRegistrationCounter, municipality: "Deinze",
            admin: "stadhuis.deinze@demo.example", member: nil, organizer: nil)
    ]

    private static let firstNames = [
        "Anna", "Bram", "Celine", "Daan", "Elif", "Fons", "Greta", "Hassan", "Ines", "Jef", "Katrijn", "Lars", "Mila",
        "Noor", "Oscar", "Paulien", "Quinten", "Rosa", "Stan", "Tine",
    ]
    private static let names = [
        "Claeys", "De Baets", "Van Hecke", "Yilmaz", "Lippens", "De Vos", "Dhondt", "El Amrani", "Goethals", "Maes",
    ]

    /// What is registered at a counter, as parameters of `passHolder.register`. Every flavour comes by turns: with and
    /// without INSZ, plastic and digital, with status, children with consent, from abroad.
    static func holder(_ number: Int, cardSystem: String, card: CardNumber?, today: CivilDate) -> JSON {
        let isChild = number % 5 == 3
        let isForeign = number % 13 == 12
        let hasStatus = card?.isOpportunity ?? (number % 9 == 8)
        let born = today.adding(days: -(isChild ? 9 : 25 + number) * 365 - number * 17)
        let home = municipalities[hasStatus ? 2 : number % municipalities.count]
        var members: [JSONObject.Member] = [
            .init(name: "cardSystemId", value: .string(cardSystem)),
            .init(name: "firstName", value: .string(firstNames[number % firstNames.count])),
            .init(name: "name", value: .string(names[number / 2 % names.count])),
            .init(name: "dateOfBirth", value: .string(born.text)),
            .init(name: "cardType", value: card == nil ? "digital" : "nfcCard"),
            .init(name: "legalTermsPaper", value: true),
            .init(
                name: "address",
                value: isForeign
                    ? ["postalCode": "4551", "city": "Sas van Gent", "country": "NL"]
                    : [
                        "street": .string("Kerkstraat \(number + 1)"), "postalCode": .string(home.postalCodes[0]),
                        "city": .string(home.name),
                    ]),
        ]
        if let card { members.append(.init(name: "cardNumber", value: .string(card.text))) }
        if hasStatus { members.append(.init(name: "opportunity", value: [:])) }
        if isChild { members.append(.init(name: "parentalConsent", value: true)) }
        if number % 2 == 0 { members.append(.init(name: "insz", value: .string(insz(born: born, number: number)))) }
        if number % 3 == 0, !isChild {
            members.append(.init(name: "email", value: .string("pashouder\(number)@demo.example")))
            members.append(.init(name: "optIns", value: ["serviceMails"]))
        }
        return .object(JSONObject(members))
    }

    /// A number that no living person has: day counters 997 and 998 are used for tests.
    private static func insz(born: CivilDate, number: Int) -> String {
        let pad = { (value: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        let nine = pad(born.year % 100, 2) + pad(born.month, 2) + pad(born.day, 2) + (number % 4 < 2 ? "997" : "998")
        let check = 97 - Int(born.year >= 2000 ? "2" + nine : nine)! % 97
        return nine + pad(check, 2)
    }
}

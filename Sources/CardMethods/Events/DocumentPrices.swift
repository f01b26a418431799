import CardRules
import JSONRPC

extension EventPrice.Category: WordParameter {}

extension EventPrice: ResultRecord {
    public static let fields: [ResultField<EventPrice>] = [
        .init("category", "`base` is what everybody pays who has no reduction.") { $0.category },
        .init("name", "What the price is called.") { $0.name },
        .init("cents", "In euro cents.") { $0.cents },
    ]

    static let maximumCents = 100_000_000

    /// Cents of an amount of euros as a document writes it, with two decimals at most; `nil` for anything else.
    static func cents(of json: JSON) -> Int? {
        let written: String
        switch json {
        case .integer(let euros): written = String(euros)
        case .number(let text): written = text
        default: return nil
        }
        let parts = written.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts[0].count <= 7, let euros = digits(parts[0]) else { return nil }
        var cents = euros * 100
        if parts.count == 2 {
            guard parts[1].count <= 2, let fraction = digits(parts[1]) else { return nil }
            cents += parts[1].count == 1 ? fraction * 10 : fraction
        }
        return cents <= maximumCents ? cents : nil
    }

    private static func digits(_ bytes: Substring.UTF8View) -> Int? {
        bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(Substring(bytes)) : nil
    }
}

extension DocumentReader {
    mutating func prices(_ field: DocumentField, main: Language) -> [EventPrice] {
        elements(field, atMost: 100).compactMap { price(object($0), main: main) }
    }

    private mutating func price(_ field: DocumentField, main: Language) -> EventPrice? {
        let categories: KeyValuePairs<String, EventPrice.Category> = [
            "base": .base, "tariff": .tariff, "uitpas": .uitpas,
        ]
        let category = word(required(field["category"]), of: categories)
        let name = name(required(field["name"]), main: main, isMainNeeded: false)
        let euros: KeyValuePairs<String, Bool> = ["EUR": true]
        _ = word(field["priceCurrency"], of: euros)
        let amount = required(field["price"])
        let cents = amount.json.flatMap(EventPrice.cents)
        if amount.isThere, cents == nil { refuse(amount, "must be euros from 0 to 1000000 with two decimals at most") }
        guard let category, let name, let cents else { return nil }
        return EventPrice(category: category, name: name, cents: cents)
    }
}

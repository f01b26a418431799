import CardRules
import JSONRPC
import Postgres

enum PassHolderFindByCards: Method {
    static let declaration = Declaration(
        "passHolder.findByCards", .reads, by: .staff(.passHolderRead),
        "Finds the pass holders of many cards of own card systems at once (R-170).",
        details: "Numbers that are malformed refuse the call, each with its place in the list; numbers that no pass "
            + "holder's card of an own card system has are answered beside the hits.")

    struct Params: Parameters {
        let numbers: [CardNumber]

        init(from reader: inout ParameterReader) {
            numbers = reader.required("cardNumbers", "The 13 digits on each card, of at most 500.")
        }
    }

    struct Result: ResultRecord {
        let items: [Hit]
        let unknown: [CardNumber]

        static let fields: [ResultField<Result>] = [
            .init("items", "The cards that were found, in the order of the list.") { $0.items },
            .init("unknownCardNumbers", "The others.") { $0.unknown },
        ]
    }

    struct Hit: ResultRecord {
        let number: CardNumber
        let status: CardStatus
        let holder: PassHolderSummary

        static let fields: [ResultField<Hit>] = [
            .init("foundCardNumber", "The card that was asked for, be it blocked.") { $0.number },
            .init("foundCardStatus", "Where that is in its life.") { $0.status },
            .init("passHolder", "Whose it is.") { $0.holder },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let rows = try call.transaction.query(
            """
            select c.number, c.status, c.holder_id from card c
            where c.number = any (\(params.numbers)) and c.holder_id is not null
                and \(fragment: call.serves(column: "c.card_system_id"))
            """)
        var cards: [CardNumber: (status: CardStatus, holder: PassHolderID)] = [:]
        for row in rows { cards[try row["number"]] = (try row["status"], try row["holder_id"]) }
        let summaries = try call.summaries(of: Array(Set(cards.values.map(\.holder))))
        let holders = Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0) })
        var result = (items: [Hit](), unknown: [CardNumber](), seen: Set<CardNumber>())
        for number in params.numbers where result.seen.insert(number).inserted {
            if let card = cards[number], let holder = holders[card.holder] {
                result.items.append(Hit(number: number, status: card.status, holder: holder))
            } else {
                result.unknown.append(number)
            }
        }
        return Result(items: result.items, unknown: result.unknown)
    }
}

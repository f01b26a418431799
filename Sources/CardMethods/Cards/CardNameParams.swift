import CardRules
import JSONRPC
import Postgres

/// A card, by its number or by its chip: exactly one.
struct CardNameParams: Parameters {
    let number: CardNumber?
    let chip: ChipNumber?

    init(from reader: inout ParameterReader) {
        number = reader.optional("cardNumber", "The 13 digits on the card; or give `chipNumber`.")
        chip = reader.optional("chipNumber", "What the reader read from the chip, 14 hexadecimal digits.")
        // A name that was refused already is no missing one.
        if reader.problems.isEmpty, (number == nil) == (chip == nil) {
            reader.refuse("cardNumber", "give either cardNumber or chipNumber")
        }
    }

    var pointer: String { name.pointer }

    var name: CardName {
        if let chip { return .chip(chip) }
        guard let number else { preconditionFailure("The reader refuses a card without a name.") }
        return .number(number)
    }

    /// Which row of `card c` is named.
    var condition: SQL { name.condition }
}

/// How a card is named.
enum CardName: Sendable, Hashable {
    case number(CardNumber)
    case chip(ChipNumber)

    var number: String? { if case .number(let number) = self { number.text } else { nil } }
    var chip: String? { if case .chip(let chip) = self { chip.text } else { nil } }
    /// The parameter that named it.
    var pointer: String { chip == nil ? "/cardNumber" : "/chipNumber" }

    /// Which row of `card c` is named.
    var condition: SQL {
        switch self {
        case .number(let number): "c.number = \(number)"
        case .chip(let chip): "c.chip_number = \(chip)"
        }
    }
}

import CardRules
import JSONRPC
import Postgres

/// The cards that a call is about: named one by one, as a range of numbers, or as a batch.
struct CardSelection: Sendable {
    enum Cards: Sendable, Hashable {
        case numbers([CardNumber])
        /// All cards with these numbers or numbers between them.
        case range(ClosedRange<String>)
        /// Those of the batch that stand where the step begins.
        case batch(StockBatchID)
    }

    let cards: Cards

    init(from reader: inout ParameterReader) {
        let numbers: [CardNumber]? = reader.optional(
            "cardNumbers", "1 to 500 numbers of cards, all of one card system. Or give a range, or a batch.")
        let from: CardNumber? = reader.optional(
            "from", "The first number of a range; all cards of the range are meant.")
        let to: CardNumber? = reader.optional("to", "The last number of the range.")
        let batch: StockBatchID? = reader.optional(
            "batchId", "A batch: what of it stands where this begins; its other cards are left alone.")
        var given: [Cards] = []
        if let numbers { given.append(.numbers(numbers)) }
        if let batch { given.append(.batch(batch)) }
        if let from, let to {
            given.append(.range(from.text...max(from.text, to.text)))
            if to.text < from.text { reader.refuse("to", "must not lie before from") }
        }
        if reader.problems.isEmpty {
            if numbers?.isEmpty == true { reader.refuse("cardNumbers", "must name at least one card") }
            if given.count != 1 || (from == nil) != (to == nil) {
                reader.refuse("cardNumbers", "give exactly one of cardNumbers, from with to, and batchId")
            }
        }
        cards = given.first ?? .numbers([])
    }

    /// Which rows of `card c` are meant.
    var condition: SQL {
        switch cards {
        case .numbers(let numbers): "c.number = any (\(numbers))"
        case .range(let range): "c.number between \(range.lowerBound) and \(range.upperBound)"
        case .batch(let batch): "c.batch_id = \(batch)"
        }
    }

    /// The parameter that names them, if not each card by itself.
    var pointer: String {
        switch cards {
        case .numbers: "/cardNumbers"
        case .range: "/from"
        case .batch: "/batchId"
        }
    }
}

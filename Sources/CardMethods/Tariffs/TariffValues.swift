import CardRules
import JSONRPC
import Postgres

extension Discount {
    /// What kind it is, as columns and parameters name it.
    enum Kind: String, WordParameter, PostgresValue {
        case percentPaid, percentOff, amountOff, fixedPrice
    }

    init(_ kind: Kind, _ value: Int) {
        self =
            switch kind {
            case .percentPaid: .percentPaid(value)
            case .percentOff: .percentOff(value)
            case .amountOff: .amountOff(value)
            case .fixedPrice: .fixedPrice(value)
            }
    }

    var kind: Kind {
        switch self {
        case .percentPaid: .percentPaid
        case .percentOff: .percentOff
        case .amountOff: .amountOff
        case .fixedPrice: .fixedPrice
        }
    }

    /// Per cent, or cents.
    var value: Int {
        switch self {
        case .percentPaid(let value), .percentOff(let value), .amountOff(let value), .fixedPrice(let value): value
        }
    }
}

extension OpportunityCondition: WordParameter, PostgresValue {}
extension Payer: WordParameter, PostgresValue, PostgresArrayElement {}

extension PayerShares {
    /// Reads two columns.
    init(payers: [Payer], weights: [Int]) throws {
        try self.init(zip(payers, weights).map { Share($0, weight: $1) })
    }
}

import CardRules
import JSONRPC

/// One thing that is to be done with a card that was scanned.
enum ScanAction: Sendable {
    enum Kind: String, WordParameter { case checkIn, sell, redeem }

    case checkIn(EventID)
    case sell(TicketItemParams)
    case redeem(AdvantageID)

    var kind: Kind {
        switch self {
        case .checkIn: .checkIn
        case .sell: .sell
        case .redeem: .redeem
        }
    }

    /// What a counter must hold to do it, alone or with others.
    var permission: Permission {
        switch self {
        case .checkIn: .checkInWrite
        case .sell: .ticketSaleRegister
        case .redeem: .advantageRedeem
        }
    }
}

/// An action as it is asked for. Card and event are told once, for all.
struct ScanActionParams: ObjectParameter {
    let kind: ScanAction.Kind
    private let tariff: TariffName?
    private let terms: TicketTermsParams
    private let advantage: AdvantageID?

    init(from reader: inout ParameterReader) {
        kind = reader.required("type", "`checkIn` and `sell` are for the event; `redeem` gives an advantage.")
        advantage = reader.optional("advantageId", "To redeem: what is taken.")
        tariff = reader.optional("tariffId", "To sell: " + TicketTermsParams.tariffText)
        terms = TicketTermsParams(from: &reader)
        let ofSale = (tariff == nil ? [] : ["tariffId"]) + terms.given
        let ofRedemption = advantage == nil ? [] : ["advantageId"]
        switch kind {
        case .checkIn: refuse(ofSale + ofRedemption, &reader)
        case .sell:
            if tariff == nil { reader.refuse("tariffId", "is missing") }
            terms.requirePrice(&reader)
            refuse(ofRedemption, &reader)
        case .redeem:
            if advantage == nil { reader.refuse("advantageId", "is missing") }
            refuse(ofSale, &reader)
        }
    }

    private func refuse(_ names: [String], _ reader: inout ParameterReader) {
        for name in names { reader.refuse(name, "has no meaning for \(kind.rawValue)") }
    }

    /// - Parameter event: `nil` if none is named: then only an advantage can be taken.
    func action(_ card: CardNameParams, _ event: EventID?) -> ScanAction? {
        switch kind {
        case .checkIn: event.map(ScanAction.checkIn)
        case .sell:
            event.flatMap { event in
                tariff.map { .sell(TicketItemParams(card: card, event: event, tariff: $0, terms)) }
            }
        case .redeem: advantage.map(ScanAction.redeem)
        }
    }
}

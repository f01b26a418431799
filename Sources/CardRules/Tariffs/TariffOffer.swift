/// What somebody may pay for a ticket instead of the regular price.
public struct TariffOffer: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case opportunity, coupon
    }

    /// By what it is cheaper.
    public enum Source: Sendable, Hashable {
        case opportunity(DistributionKeyTermID)
        case coupon(CouponID, number: Int)
    }

    public var source: Source
    /// Whose tariff or coupon it is.
    public var cardSystem: CardSystemID
    public var name: String
    /// What the holder pays, in cents.
    public var price: Int
    /// Tickets that may be taken of it at once; 0 if a limit is reached.
    public var remaining: Int
    /// Who pays what the holder does not, in cents; adds up to the rest of the regular price.
    public var parts: [PayerPart]

    public init(
        source: Source, cardSystem: CardSystemID, name: String, price: Int, remaining: Int, parts: [PayerPart]
    ) {
        (self.source, self.cardSystem, self.name, self.price) = (source, cardSystem, name, price)
        (self.remaining, self.parts) = (remaining, parts)
    }

    public var kind: Kind { if case .coupon = source { .coupon } else { .opportunity } }
    public var tariff: TariffName {
        switch source {
        case .opportunity: .opportunity
        case .coupon(_, let number): .coupon(number)
        }
    }
}

/// How the outside names a tariff: `OPPORTUNITY`, or `COUPON_<number>`. There is never more than one opportunity tariff
/// (TAR-02).
public enum TariffName: Sendable, Hashable {
    case opportunity
    case coupon(Int)

    public var text: String {
        switch self {
        case .opportunity: "OPPORTUNITY"
        case .coupon(let number): "COUPON_\(number)"
        }
    }

    /// `nil` for what names no tariff.
    public init?(text: String) {
        if text == "OPPORTUNITY" {
            self = .opportunity
        } else if text.hasPrefix("COUPON_"), let number = Int(text.dropFirst(7)), number > 0,
            text == "COUPON_\(number)"
        {
            self = .coupon(number)
        } else {
            return nil
        }
    }
}

/// What of a price somebody else pays.
public struct PayerPart: Sendable, Hashable {
    public var payer: Payer
    /// The counter, municipality or card system that pays; `nil` for a partner, whom nobody names.
    public var whom: ID<Never>?
    /// In cents, 0 or more.
    public var cents: Int

    public init(_ payer: Payer, whom: ID<Never>?, cents: Int) {
        (self.payer, self.whom, self.cents) = (payer, whom, cents)
    }
}

/// Those among whom a price is shared, at an event in a card system.
public struct PayerDirectory: Sendable, Hashable {
    public var cardSystem: CardSystemID
    /// The counter that organizes the event there.
    public var organizer: CounterID?
    /// Where who buys lives, if that is in the card system.
    public var municipality: MunicipalityID?

    public init(cardSystem: CardSystemID, organizer: CounterID?, municipality: MunicipalityID?) {
        (self.cardSystem, self.organizer, self.municipality) = (cardSystem, organizer, municipality)
    }

    /// TAR-04: who pays which part. For somebody from outside of the card system no municipality pays, so the card
    /// system does.
    public func parts(of cents: Int, _ shares: PayerShares) -> [PayerPart] {
        var parts: [PayerPart] = []
        for share in shares.split(cents) {
            let part: PayerPart
            switch share.payer {
            case .organizer:
                part = PayerPart(.organizer, whom: organizer.map { ID(high: $0.high, low: $0.low) }, cents: share.cents)
            case .municipality where municipality != nil:
                part = PayerPart(
                    .municipality, whom: municipality.map { ID(high: $0.high, low: $0.low) }, cents: share.cents)
            case .municipality, .cardSystem:
                part = PayerPart(
                    .cardSystem, whom: ID(high: cardSystem.high, low: cardSystem.low), cents: share.cents)
            case .partner: part = PayerPart(.partner, whom: nil, cents: share.cents)
            }
            if let index = parts.firstIndex(where: { $0.payer == part.payer }) {
                parts[index].cents += part.cents
            } else {
                parts.append(part)
            }
        }
        return parts
    }
}

/// Which of the tariffs are asked for (TAR-01).
public enum TariffFilter: String, Sendable, Hashable, CaseIterable {
    case any, opportunity, coupon
}

/// A coupon of the card systems of the event, tried for who buys.
public struct TriedCoupon: Sendable, Hashable {
    /// `nil` if it is not for him, or not for this ticket.
    public var offer: TariffOffer?
    /// The limit that is reached, if one is.
    public var reached: LimitUse?
    /// There is nothing left of it: a limit is reached, or its budget is spent.
    public var isUsedUp: Bool
    public var tried: [RuleTried]

    public init(offer: TariffOffer?, reached: LimitUse? = nil, isUsedUp: Bool = false, tried: [RuleTried] = []) {
        (self.offer, self.reached, self.isUsedUp, self.tried) = (offer, reached, isUsedUp, tried)
    }
}

/// What a ticket of one regular price costs somebody.
public struct TariffAnswer: Sendable, Hashable {
    /// In the order in which they are shown.
    public var available: [TariffOffer]
    /// Tariffs that would be there, were a limit not reached.
    public var reached: [TariffOffer]
    /// A client must show them (GEN-06).
    public var messages: [PassMessage]
    /// There is nothing, and that is an error.
    public var refusal: Refusal?
    /// Everything that was looked at.
    public var tried: [RuleTried]

    /// the lowest price that can be had.
    public var lowestAvailable: Int? { available.map(\.price).min() }
    /// all tariffs that there are have reached a limit; not so if there are none at all.
    public var isMaximumReached: Bool { available.isEmpty && !reached.isEmpty }
}

/// What a ticket costs a pass holder. Asking reserves nothing (TAR-13).
public enum TariffRules {
    /// TAR-01 to TAR-09, R-101, R-120, R-123: the tariffs for one regular price, the opportunity tariff first, then
    /// coupons by name. An expired or suspended status is an error only where there is nothing else to offer.
    ///
    /// - Parameter coupons: Those of the card systems of the event, tried.
    public static func answer(
        _ facts: TariffFacts, coupons: [TriedCoupon], regularPrice: Int, filter: TariffFilter, at instant: Instant
    ) -> TariffAnswer {
        var answer = TariffAnswer(available: [], reached: [], messages: [], refusal: nil, tried: [])
        var inactive: [OpportunityTariff.Inactive] = []
        if filter != .coupon {
            let opportunity = opportunity(facts, regularPrice: regularPrice, at: instant)
            answer.tried = opportunity.tried
            switch opportunity.outcome {
            case .offered(let offer): answer.available.append(offer)
            case .reached(let offer, let use):
                answer.reached.append(offer)
                answer.messages.append(TariffMessage.reached(use, at: instant))
            case .none(let cause):
                answer.messages += TariffMessage.messages(cause)
                if case .notActive(let statuses) = cause { inactive = statuses }
            }
        }
        if filter != .opportunity {
            let sorted = coupons.sorted { ($0.sortKey, $0.number) < ($1.sortKey, $1.number) }
            for coupon in sorted {
                answer.tried += coupon.tried
                guard let offer = coupon.offer, !facts.isFree else { continue }
                if coupon.isUsedUp {
                    answer.reached.append(offer)
                    answer.messages.append(TariffMessage.usedUp(offer.name, coupon.reached, at: instant))
                } else {
                    answer.available.append(offer)
                }
            }
            let hasCoupon = (answer.available + answer.reached).contains { $0.kind == .coupon }
            if !hasCoupon, filter == .coupon { answer.messages.append(TariffMessage.noCoupon) }
        }
        if answer.available.isEmpty { answer.refusal = Refusal(inactive.map(\.reason)) }
        return answer
    }

    /// whether there is something to choose between: prices of the event, and tariffs that are available.
    public static func hasChoice(prices: Int, availableTariffs: Int) -> Bool {
        prices >= 1 && availableTariffs >= 1 && (prices > 1 || availableTariffs > 1)
    }

    /// TS-05, TS-07: the opportunity tariff as it is sold, or everything against it.
    ///
    /// - Parameter pointer: The parameter that names the tariff.
    public static func sell(
        _ tariff: OpportunityTariff, at instant: Instant, pointer: String
    ) -> Result<TariffOffer, Refusal> {
        switch tariff.outcome {
        case .offered(let offer): .success(offer)
        case .reached(_, let use): .failure(Refusal(use.reached(at: instant, pointer)))
        case .none(.freeEvent): .failure(Refusal(.eventFree, at: pointer))
        case .none(.notActive(let inactive)):
            .failure(
                Refusal(
                    inactive.map(\.reason).map { reason in
                        var reason = reason
                        reason.pointer = pointer
                        return reason
                    })!)
        case .none: .failure(Refusal(.tariffNotAvailable, at: pointer))
        }
    }
}

extension TriedCoupon {
    fileprivate var sortKey: String { offer?.name.lowercased() ?? "" }
    fileprivate var number: Int {
        if case .coupon(_, let number) = offer?.source { number } else { 0 }
    }
}

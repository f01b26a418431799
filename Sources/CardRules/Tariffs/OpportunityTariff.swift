/// The opportunity tariff that somebody gets at an event, or why there is none.
public struct OpportunityTariff: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case offered(TariffOffer)
        /// It would be offered, were the limit not reached.
        case reached(TariffOffer, LimitUse)
        case none(Cause)
    }

    /// Why there is none. Only the first is an error; the others are told.
    public enum Cause: Sendable, Hashable {
        /// Statuses that are expired or suspended, in card systems of the event; there is none that is active.
        case notActive([Inactive])
        case freeEvent
        /// The card system has a maximum, in cents (TAR-08).
        case aboveMaximum(Int)
        /// No distribution key fits.
        case noKey
        /// There is a status, in card systems that the event does not take.
        case elsewhere
        case noStatus
        /// The group has none.
        case groupWithout
    }

    public struct Inactive: Sendable, Hashable {
        public var cardSystem: CardSystemID
        /// Expired or suspended.
        public var status: OpportunityStatus

        var reason: Reason {
            let detail = Reason.Detail("cardSystemId", .text(cardSystem.text))
            switch status {
            case .suspended(let until, _):
                return Reason(.opportunitySuspended, at: nil, detail, .init("suspendedUntil", .text(until.text)))
            case .expired(let day), .active(let day, _):
                return Reason(.opportunityExpired, at: nil, detail, .init("endDate", .text(day.text)))
            case .none: return Reason(.opportunityExpired, at: nil, detail)
            }
        }
    }

    public var outcome: Outcome
    public var tried: [RuleTried]
}

extension TariffRules {
    /// TAR-02, TAR-04, TAR-06, TAR-08: the one opportunity tariff, the cheapest over the card systems of the event. One
    /// whose limit is reached stands back behind one whose is not.
    public static func opportunity(
        _ facts: TariffFacts, regularPrice: Int, at instant: Instant
    ) -> OpportunityTariff {
        var tried = [RuleTried(.eventPriced, holds: !facts.isFree)]
        if facts.isFree { return OpportunityTariff(outcome: .none(.freeEvent), tried: tried) }
        var candidates: [Candidate] = []
        var maximum: Int?
        var isEntitled = false
        let today = Brussels.date(instant)
        for system in facts.cardSystems {
            let buyer = facts.buyer.buyer(in: system.id, on: today)
            isEntitled = isEntitled || buyer.hasOpportunityHere
            tried.append(RuleTried(.opportunityHere, holds: buyer.hasOpportunityHere, cardSystem: system.id))
            if let most = system.maximumPrice {
                tried.append(RuleTried(.maximumPrice, holds: regularPrice <= most, cardSystem: system.id))
                if regularPrice > most {
                    if buyer.hasOpportunityHere { maximum = max(maximum ?? 0, most) }
                    continue
                }
            }
            let keys = system.keys.usable(by: buyer)
            for key in keys.all { tried += key.tried(buyer, regularPrice: regularPrice, cardSystem: system.id) }
            let key = keys.best(for: buyer, regularPrice: regularPrice)
            tried.append(
                RuleTried(.distributionKey, holds: key != nil, cardSystem: system.id, key: key?.id))
            guard let key else { continue }
            let limits = facts.limits(in: system)
            tried += limits.map { RuleTried($0, at: instant, cardSystem: system.id) }
            let price = key.discount.holderPrice(of: regularPrice)
            candidates.append(
                Candidate(
                    offer: TariffOffer(
                        source: .opportunity(key.id), cardSystem: system.id, name: key.name, price: price,
                        remaining: facts.remaining(under: limits),
                        parts: PayerDirectory(
                            cardSystem: system.id, organizer: system.counter, municipality: buyer.municipality
                        ).parts(of: regularPrice - price, key.shares)),
                    reached: limits.first(where: \.isReached)))
        }
        guard let best = candidates.min(by: <) else {
            let cause = cause(facts, isEntitled: isEntitled, maximum: maximum, on: today)
            return OpportunityTariff(outcome: .none(cause), tried: tried)
        }
        return OpportunityTariff(
            outcome: best.reached.map { .reached(best.offer, $0) } ?? .offered(best.offer), tried: tried)
    }

    private struct Candidate: Comparable {
        let offer: TariffOffer
        let reached: LimitUse?

        static func < (left: Self, right: Self) -> Bool {
            let (leftReached, rightReached) = (left.reached == nil ? 0 : 1, right.reached == nil ? 0 : 1)
            return (leftReached, left.offer.price, left.offer.name, left.offer.cardSystem)
                < (rightReached, right.offer.price, right.offer.name, right.offer.cardSystem)
        }
    }

    private static func cause(
        _ facts: TariffFacts, isEntitled: Bool, maximum: Int?, on today: CivilDate
    ) -> OpportunityTariff.Cause {
        if let maximum { return .aboveMaximum(maximum) }
        if isEntitled { return .noKey }
        let taken = Set(facts.cardSystems.map(\.id))
        switch facts.buyer {
        case .person(let person):
            let inactive = person.memberships.filter { taken.contains($0.cardSystem) && $0.isActive }.compactMap {
                switch $0.opportunity {
                case .expired, .suspended:
                    OpportunityTariff.Inactive(cardSystem: $0.cardSystem, status: $0.opportunity)
                case .none, .active: nil
                }
            }
            if !inactive.isEmpty { return .notActive(inactive) }
            return person.memberships.contains(where: \.isEntitled) ? .elsewhere : .noStatus
        case .group(let group):
            if !group.facts.hasOpportunity { return .groupWithout }
            guard taken.contains(group.cardSystem) else { return .elsewhere }
            let end = group.facts.endDate ?? today
            return .notActive([.init(cardSystem: group.cardSystem, status: .expired(endDate: end))])
        }
    }
}

extension TariffFacts {
    /// TS-15: the limits of event and counter both hold for a person; a group has its allowance.
    fileprivate func limits(in system: CardSystem) -> [LimitUse] {
        switch buyer {
        case .person: [eventLimit, system.counterLimit].compactMap(\.self)
        case .group(let group): [group.allowance]
        }
    }

    /// TAR-03: one at a time for a person; for a group what is left of the year.
    fileprivate func remaining(under limits: [LimitUse]) -> Int {
        switch buyer {
        case .person: limits.contains(where: \.isReached) ? 0 : 1
        case .group(let group): group.facts.remaining
        }
    }
}

extension EventKeys {
    /// Those that can give somebody the opportunity tariff: to who has no status here, only those that take one from
    /// anywhere.
    fileprivate func usable(by buyer: Buyer) -> EventKeys {
        if buyer.hasOpportunityHere { return self }
        let anywhere = { (key: DistributionKeyTerm) in key.conditions.opportunity == .anyCardSystem }
        return EventKeys(
            chosen: chosen.filter(anywhere), ofCounter: ofCounter.flatMap { anywhere($0) ? $0 : nil },
            automatic: automatic.filter(anywhere))
    }

    fileprivate var all: [DistributionKeyTerm] { chosen + [ofCounter].compactMap(\.self) + automatic }
}

extension DistributionKeyTerm {
    fileprivate func tried(_ buyer: Buyer, regularPrice: Int, cardSystem: CardSystemID) -> [RuleTried] {
        var tried = conditions.tried(buyer, regularPrice: regularPrice).map {
            RuleTried(.init($0.name), holds: $0.holds, cardSystem: cardSystem, key: id)
        }
        if let maximumRegularPrice {
            tried.append(
                RuleTried(
                    .keyMaximumPrice, holds: regularPrice <= maximumRegularPrice, cardSystem: cardSystem, key: id))
        }
        return tried
    }
}

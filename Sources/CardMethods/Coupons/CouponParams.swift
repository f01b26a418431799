import CardRules
import JSONRPC
import Postgres

/// What a coupon takes off, as an administrator writes it.
struct CouponDiscount: ObjectParameter {
    enum Kind: String, WordParameter {
        case percentOff, amountOff, fixedPrice
    }

    let discount: Discount

    init(from reader: inout ParameterReader) {
        let kind: Kind = reader.required(
            "kind", "So many per cent are taken off, or cents; or the cents that the holder pays.")
        let value: Int = reader.required("value", "1 to 100 per cent; or cents.")
        let range: ClosedRange<Int> =
            switch kind {
            case .percentOff: 1...100
            case .amountOff: 1...100_000_000
            case .fixedPrice: 0...100_000_000
            }
        if !range.contains(value) {
            reader.refuse("value", "must lie between \(range.lowerBound) and \(range.upperBound)")
        }
        switch kind {
        case .percentOff: discount = .percentOff(value)
        case .amountOff: discount = .amountOff(value)
        case .fixedPrice: discount = .fixedPrice(value)
        }
    }
}

/// The shares of those who pay a discount, in the order in which cents that are left over go.
struct CouponShare: ObjectParameter, ResultRecord {
    enum Weight: IntegerRange { static let range = 1...10_000 }

    let share: PayerShares.Share

    static var schema: Schema { .object(properties) }

    static let fields: [ResultField<CouponShare>] = [
        .init("payer", "Who pays.") { $0.share.payer },
        .init("weight", "In which proportion.") { $0.share.weight },
    ]

    init(_ share: PayerShares.Share) { self.share = share }

    init(from reader: inout ParameterReader) {
        let payer: Payer = reader.required("payer", "Who pays; each stands once.")
        let weight: Bounded<Weight> = reader.required("weight", "In which proportion.")
        share = PayerShares.Share(payer, weight: weight.value)
    }
}

enum CouponCents: IntegerRange { static let range = 1...100_000_000 }
enum CouponWarningPercent: IntegerRange { static let range = 1...100 }

/// A coupon as it is made or tried out.
struct CouponParams: Sendable {
    let cardSystem: CardSystemID
    let municipality: MunicipalityID?
    let name: String
    let description: String?
    let discount: CouponDiscount
    let key: DistributionKeyID?
    let shares: [CouponShare]?
    let priceBelow: Bounded<CouponCents>?
    let events: [EventID]
    let organizers: [CounterID]
    let isForEveryone: Bool
    let segments: [CouponSegment]
    let validFrom: CivilDate?
    let validUntil: CivilDate?
    let limits: CouponLimits
    let budget: Bounded<CouponCents>?
    let budgetWarning: Bounded<CouponWarningPercent>?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.required("cardSystemId", "Whose coupon it is: of its pass holders and groups.")
        municipality = reader.optional(
            "municipalityId", "Only for its residents; a municipality's administrator names his own.")
        name = reader.required("name", "What it is called.")
        description = reader.optional("description", "What else people should know.")
        discount = reader.required("discount", "What it takes off the regular price.")
        key = reader.optional("distributionKeyId", "Who pays the discount: as this key shares. Or give `shares`.")
        shares = reader.optional("shares", "Who pays the discount.")
        priceBelow = reader.optional("priceBelowCents", "Only for regular prices strictly below (R-131).")
        events = reader.optional("eventIds", default: [], "Only for these; for any if empty.")
        organizers = reader.optional(
            "organizerCounterIds", default: [], "Only for events that one of these organizes; whoever does if empty.")
        isForEveryone = reader.optional("forEveryone", default: false, "For every pass holder and every group.")
        segments = reader.optional(
            "segments", default: [], "For whom one of these fits; and for those whom the coupon names.")
        validFrom = reader.optional("validFrom", "The first day; today if absent.")
        validUntil = reader.optional("validUntil", "The last day; it never expires if absent.")
        limits = CouponLimits(
            holder: reader.optional("holderLimit", "Tickets of one pass holder, or of one group."),
            event: reader.optional("eventLimit", "Tickets of all at one event."),
            total: reader.optional("totalLimit", "Tickets of all."))
        budget = reader.optional("budgetCents", "What it may cost those who pay the discount; then nobody has it.")
        budgetWarning = reader.optional(
            "budgetWarningPercent", "From how much of it on it is told; 80 if absent.")
        Self.check(key, shares, &reader)
        if isForEveryone, !segments.isEmpty { reader.refuse("segments", "say nothing if it is for everyone") }
        if let validFrom, let validUntil, validFrom > validUntil {
            reader.refuse("validUntil", "must not lie before validFrom")
        }
    }

    private static func check(
        _ key: DistributionKeyID?, _ shares: [CouponShare]?, _ reader: inout ParameterReader
    ) {
        if reader.problems.isEmpty, (key == nil) == (shares == nil) {
            reader.refuse("distributionKeyId", "give either distributionKeyId or shares")
        }
        do { if let shares { _ = try PayerShares(shares.map(\.share)) } } catch {
            reader.refuse("shares", error.reason)
        }
    }

    /// The coupon, if nothing is against it. It has no number yet.
    func terms(id: CouponID, in call: Call) throws -> CouponTerms {
        let today = Brussels.date(call.now)
        let own = try shares.map { try PayerShares($0.map(\.share)) }
        let terms = CouponTerms(
            id: id, number: 0, cardSystem: cardSystem, name: name, description: description,
            discount: discount.discount, distributionKey: key, shares: try own ?? call.shares(of: key, in: cardSystem),
            target: CouponTarget(
                isForEveryone: isForEveryone, segments: segments.map(\.conditions), residentsOf: municipality),
            scope: CouponScope(
                priceBelow: priceBelow?.value, events: Set(events), organizers: Set(organizers)),
            validity: CouponValidity(from: validFrom ?? today, until: validUntil), limits: limits,
            budget: budget?.value, budgetWarningPercent: budgetWarning?.value ?? 80)
        var reasons = try call.reasons(against: terms)
        if let validUntil, validUntil < today { reasons.append(Reason(.endDateTooEarly, at: "/validUntil")) }
        try reasons.refuse()
        return terms
    }
}

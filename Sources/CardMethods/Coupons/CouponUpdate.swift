import CardRules
import JSONRPC
import Postgres

enum CouponUpdate: Method {
    static let declaration = Declaration(
        "coupon.update", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Changes a coupon; once a ticket is sold with it, only its name, its last day, and limits and budget upwards.",
        details: "What is absent stays; `null` clears it: no last day, no limit, no budget. What was sold stays as it "
            + "was sold.",
        refusals: [
            .couponNotFound, .couponEnded, .couponInUse, .distributionKeyNotFound, .eventNotFound, .counterNotFound,
            .municipalityNotFound, .couponPayerNotAllowed, .endDateTooEarly,
        ])

    struct Params: Parameters {
        let coupon: CouponID
        let version: Int?
        let changes: CouponChanges

        init(from reader: inout ParameterReader) {
            coupon = reader.required("couponId", "The coupon.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            changes = CouponChanges(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CouponRecord {
        let old = try call.coupon(params.coupon, lock: true)
        let new = try params.changes.applied(to: old.terms, in: call)
        let fields = CouponChange.fields(from: old.terms, to: new)
        call.audit.changedFields = fields
        try call.requireVersion(params.version, is: old.version, changed: fields)
        let reasons = CouponChange.reasons(
            from: old.terms, to: new, isUsed: old.isUsed, on: Brussels.date(call.now))
        // What stays as it was may be gone by now.
        let missing = try call.reasons(against: new).filter { reason in fields.contains { reason.pointer == "/" + $0 } }
        try (reasons + missing).refuse()
        // What was spent before there was a budget was not counted, and was given back.
        let spent: SQL = old.terms.budget == nil ? "spent_cents = 0" : "spent_cents = spent_cents"
        let content = new.content.map { "\(fragment: $0.name) = \(fragment: $0.value)" as SQL }
        let update: SQL = """
            update coupon set \(fragment: SQL.joined(content + [spent], separator: ", ")), version = version + 1
            where id = \(params.coupon)
            """
        try call.transaction.run([update] + CouponSpending.forget(from: old.terms, to: new))
        return try call.coupon(params.coupon)
    }
}

/// What is to be different about a coupon.
struct CouponChanges: Sendable {
    let name: String?
    let description: Change<String>
    let discount: CouponDiscount?
    let key: DistributionKeyID?
    let shares: [CouponShare]?
    let priceBelow: Change<Bounded<CouponCents>>
    let events: [EventID]?
    let organizers: [CounterID]?
    let isForEveryone: Bool?
    let segments: [CouponSegment]?
    let validFrom: CivilDate?
    let validUntil: Change<CivilDate>
    let holderLimit: Change<PeriodLimit>
    let eventLimit: Change<PeriodLimit>
    let totalLimit: Change<PeriodLimit>
    let budget: Change<Bounded<CouponCents>>
    let budgetWarning: Bounded<CouponWarningPercent>?

    init(from reader: inout ParameterReader) {
        name = reader.optional("name", "What it is called.")
        description = reader.change("description", "What else people should know.")
        discount = reader.optional("discount", "What it takes off the regular price.")
        key = reader.optional("distributionKeyId", "Who pays the discount: as this key shares.")
        shares = reader.optional("shares", "Who pays the discount, instead of a key's shares.")
        priceBelow = reader.change("priceBelowCents", "Only for regular prices strictly below (R-131).")
        events = reader.optional("eventIds", "Only for these; for any if empty.")
        organizers = reader.optional("organizerCounterIds", "Only for events that one of these organizes.")
        isForEveryone = reader.optional("forEveryone", "For every pass holder and every group.")
        segments = reader.optional("segments", "For whom one of these fits; all of them anew.")
        validFrom = reader.optional("validFrom", "The first day.")
        validUntil = reader.change("validUntil", "The last day.")
        holderLimit = reader.change("holderLimit", "Tickets of one pass holder, or of one group.")
        eventLimit = reader.change("eventLimit", "Tickets of all at one event.")
        totalLimit = reader.change("totalLimit", "Tickets of all.")
        budget = reader.change("budgetCents", "What it may cost those who pay the discount.")
        budgetWarning = reader.optional("budgetWarningPercent", "From how much of it on it is told.")
        if key != nil, shares != nil { reader.refuse("shares", "give either distributionKeyId or shares") }
        do { if let shares { _ = try PayerShares(shares.map(\.share)) } } catch {
            reader.refuse("shares", error.reason)
        }
    }

    func applied(to old: CouponTerms, in call: Call) throws -> CouponTerms {
        var new = old
        new.name = name ?? old.name
        new.description = description.applied(to: old.description)
        new.discount = discount?.discount ?? old.discount
        if let key { (new.distributionKey, new.shares) = (key, try call.shares(of: key, in: old.cardSystem)) }
        if let shares { (new.distributionKey, new.shares) = (nil, try PayerShares(shares.map(\.share))) }
        new.scope.priceBelow = priceBelow.applied(to: old.scope.priceBelow)
        new.scope.events = events.map(Set.init) ?? old.scope.events
        new.scope.organizers = organizers.map(Set.init) ?? old.scope.organizers
        new.target.isForEveryone = isForEveryone ?? old.target.isForEveryone
        new.target.segments = segments?.map(\.conditions) ?? (isForEveryone == true ? [] : old.target.segments)
        new.validity.from = validFrom ?? old.validity.from
        new.validity.until = validUntil.applied(to: old.validity.until)
        new.limits.holder = holderLimit.applied(to: old.limits.holder)
        new.limits.event = eventLimit.applied(to: old.limits.event)
        new.limits.total = totalLimit.applied(to: old.limits.total)
        new.budget = budget.applied(to: old.budget)
        new.budgetWarningPercent = budgetWarning?.value ?? old.budgetWarningPercent
        var problems: [Problem] = []
        if let until = new.validity.until, until < new.validity.from {
            problems.append(Problem(pointer: "/validUntil", reason: "must not lie before validFrom"))
        }
        if new.target.isForEveryone, !new.target.segments.isEmpty {
            problems.append(Problem(pointer: "/segments", reason: "say nothing if it is for everyone"))
        }
        if !problems.isEmpty { throw InvalidParameters(problems: problems) }
        return new
    }
}

extension Change where Value == Bounded<CouponCents> {
    fileprivate func applied(to old: Int?) -> Int? {
        switch self {
        case .keep: old
        case .clear: nil
        case .set(let cents): cents.value
        }
    }
}

/// What a coupon may cost at most, before anybody has it.
public struct CouponForecast: Sendable, Hashable {
    /// Tickets that could be bought with it; `nil` if nothing bounds them.
    public var tickets: Int?
    /// What one ticket costs those who pay the discount, in cents, at most; `nil` if nothing bounds it.
    public var discount: Int?
    /// In cents, at most; `nil` if nothing bounds it.
    public var cost: Int?

    /// the tightest of the limits, each as often as its period comes between today and the last day, and the
    /// budget.
    ///
    /// - Parameters:
    ///   - regularPrice: Of the tickets that it will be used for, in cents; `nil` if that is not known.
    ///   - people: Holders and groups who would have it.
    public init(_ coupon: CouponTerms, regularPrice: Int?, people: Int, on today: CivilDate) {
        let first = max(today, coupon.validity.from)
        let isOver = coupon.validity.isEnded || coupon.validity.until.map { $0 < first } ?? false
        func most(_ limit: PeriodLimit?, each count: Int?) -> Int? {
            guard let limit, let count, let periods = limit.periods(from: first, until: coupon.validity.until) else {
                return nil
            }
            return Self.product(Self.product(limit.volume, periods), count)
        }
        let events = coupon.scope.events.isEmpty ? nil : coupon.scope.events.count
        let bounds = [
            most(coupon.limits.holder, each: people), most(coupon.limits.event, each: events),
            most(coupon.limits.total, each: 1), isOver || people == 0 ? 0 : nil,
        ]
        tickets = bounds.compactMap(\.self).min()
        discount = Self.discount(coupon, regularPrice: regularPrice)
        let all = tickets.flatMap { tickets in discount.map { Self.product(tickets, $0) } }
        cost = [all, coupon.budget, tickets == 0 ? 0 : nil].compactMap(\.self).min()
    }

    private static func discount(_ coupon: CouponTerms, regularPrice: Int?) -> Int? {
        // The dearest ticket that the coupon can be used for.
        let dearest = [regularPrice, coupon.scope.priceBelow.map { $0 - 1 }].compactMap(\.self).min()
        if let dearest { return dearest - coupon.discount.holderPrice(of: dearest) }
        if case .amountOff(let cents) = coupon.discount { return cents }
        return nil
    }

    /// Never overflows.
    private static func product(_ left: Int, _ right: Int) -> Int {
        let (value, isTooLarge) = left.multipliedReportingOverflow(by: right)
        return isTooLarge ? .max : value
    }
}

extension PeriodLimit {
    /// How many of its periods two days and those between lie in; `nil` if they never end. `absolute` is one.
    public func periods(from first: CivilDate, until last: CivilDate?) -> Int? {
        if period == .absolute { return 1 }
        guard let last else { return nil }
        if last < first { return 0 }
        func number(_ day: CivilDate) -> Int {
            switch period {
            case .day: day.dayNumber
            case .week: day.adding(days: -day.weekday.rawValue).dayNumber / 7
            case .month: day.year * 12 + day.month
            case .quarter: day.year * 4 + (day.month - 1) / 3
            case .year, .absolute: day.year
            }
        }
        return number(last) - number(first) + 1
    }
}

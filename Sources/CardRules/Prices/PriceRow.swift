/// What a pass costs for whom: one row of a card system's price list. `nil` means whoever.
public struct PriceRow: Sendable, Hashable {
    public var reason: PriceReason
    public var cardType: CardType?
    /// The card is for somebody with an opportunity status.
    public var hasOpportunity: Bool?
    /// The person lives in the card system.
    public var isResident: Bool?
    public var ages: AgeBand
    /// With a voucher of this type; `nil` is without voucher.
    public var voucherType: PassVoucherTypeID?
    /// In cents.
    public var price: Int

    public init(
        reason: PriceReason, cardType: CardType? = nil, hasOpportunity: Bool? = nil, isResident: Bool? = nil,
        ages: AgeBand = .all, voucherType: PassVoucherTypeID? = nil, price: Int
    ) {
        (self.reason, self.cardType, self.hasOpportunity) = (reason, cardType, hasOpportunity)
        (self.isResident, self.ages, self.voucherType, self.price) = (isResident, ages, voucherType, price)
    }

    /// whether the row is for a pass.
    func fits(_ pass: PricedPass, voucherType: PassVoucherTypeID?) -> Bool {
        reason == pass.reason && cardType.fits(pass.cardType) && hasOpportunity.fits(pass.hasOpportunity)
            && isResident.fits(pass.isResident) && ages.contains(pass.age) && self.voucherType == voucherType
    }

    /// Whether there can be a pass for which both rows are.
    func overlaps(_ other: PriceRow) -> Bool {
        reason == other.reason && voucherType == other.voucherType && cardType.meets(other.cardType)
            && hasOpportunity.meets(other.hasOpportunity) && isResident.meets(other.isResident)
            && ages.overlaps(other.ages)
    }
}

extension Optional where Wrapped: Equatable {
    fileprivate func fits(_ value: Wrapped) -> Bool { self == nil || self == value }
    fileprivate func meets(_ other: Wrapped?) -> Bool { self == nil || other == nil || self == other }
}

/// Ages in whole years, both ends included; either may be open.
public struct AgeBand: Sendable, Hashable {
    public let from: Int?
    public let until: Int?

    public static let all = AgeBand(uncheckedFrom: nil, until: nil)

    /// refuses a band that does not begin before it ends.
    public init(from: Int?, until: Int?) throws(Malformed) {
        if let from, let until, from >= until { throw Malformed("must lie above ageFrom") }
        self.init(uncheckedFrom: from, until: until)
    }

    private init(uncheckedFrom from: Int?, until: Int?) { (self.from, self.until) = (from, until) }

    public func contains(_ age: Int) -> Bool { (from ?? .min) <= age && age <= (until ?? .max) }

    func overlaps(_ other: AgeBand) -> Bool {
        (from ?? .min) <= (other.until ?? .max) && (other.from ?? .min) <= (until ?? .max)
    }
}

/// A pass whose price is asked (REG-18, R-053).
public struct PricedPass: Sendable, Hashable {
    public var reason: PriceReason
    public var cardType: CardType
    public var hasOpportunity: Bool
    public var isResident: Bool
    /// In whole years.
    public var age: Int

    public init(reason: PriceReason, cardType: CardType, hasOpportunity: Bool, isResident: Bool, age: Int) {
        (self.reason, self.cardType, self.hasOpportunity) = (reason, cardType, hasOpportunity)
        (self.isResident, self.age) = (isResident, age)
    }
}

/// A card system's prices. No rows: passes are free.
public struct PriceList: Sendable, Hashable {
    public let rows: [PriceRow]

    public init(_ rows: [PriceRow]) { self.rows = rows }

    /// Every row that is for somebody for whom an earlier one is too: then the price would not be one.
    public var reasons: [Reason] {
        rows.indices.compactMap { index in
            guard let earlier = rows[..<index].firstIndex(where: { $0.overlaps(rows[index]) }) else { return nil }
            return Reason(.priceRowOverlaps, at: "/rows/\(index)", .init("row", .number(earlier)))
        }
    }

    /// what a pass costs without a voucher, in cents; `nil` if no row fits.
    public func price(_ pass: PricedPass) -> Int? {
        rows.isEmpty ? 0 : rows.first { $0.fits(pass, voucherType: nil) }?.price
    }

    /// REG-17, R-054: what it costs with a voucher of a type; `nil` if the voucher lowers nothing.
    public func price(_ pass: PricedPass, with voucherType: PassVoucherTypeID) -> Int? {
        guard let reduced = rows.first(where: { $0.fits(pass, voucherType: voucherType) })?.price else { return nil }
        return price(pass).map { reduced < $0 } ?? true ? reduced : nil
    }
}

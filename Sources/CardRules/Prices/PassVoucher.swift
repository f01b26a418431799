/// A voucher that lowers what a pass costs, as it stands.
public struct PassVoucher: Sendable, Hashable {
    public enum Status: String, Sendable, CaseIterable {
        case issued, used, void
    }

    public var type: PassVoucherTypeID
    public var status: Status
    public var cardSystem: CardSystemID
    /// The first and last day on which it counts; `nil` is open.
    public var validFrom: CivilDate?
    public var validUntil: CivilDate?

    public init(
        type: PassVoucherTypeID, status: Status, cardSystem: CardSystemID, validFrom: CivilDate? = nil,
        validUntil: CivilDate? = nil
    ) {
        (self.type, self.status, self.cardSystem) = (type, status, cardSystem)
        (self.validFrom, self.validUntil) = (validFrom, validUntil)
    }

    /// what is against using it anywhere on a day; `nil` if there is nothing.
    public func reason(on today: CivilDate) -> Reason? {
        switch status {
        case .used: return Reason(.passVoucherUsed, at: Self.pointer)
        case .void: return Reason(.passVoucherVoid, at: Self.pointer)
        case .issued: break
        }
        let isInPeriod = (validFrom ?? today) <= today && today <= (validUntil ?? today)
        return isInPeriod ? nil : Reason(.passVoucherNotValidNow, at: Self.pointer)
    }

    /// Only a voucher that was not used is made void, and once.
    public var reasonAgainstVoiding: Reason? {
        switch status {
        case .issued: nil
        case .used: Reason(.passVoucherUsed, at: "/passVoucherId")
        case .void: Reason(.passVoucherVoid, at: "/passVoucherId")
        }
    }

    static let pointer = "/voucherCode"
}

/// What is known of the price of a pass.
public struct PassPriceFacts: Sendable {
    public var list: PriceList
    public var cardSystem: CardSystemID
    /// A voucher was named.
    public var namesVoucher: Bool
    /// The voucher of that code; `nil` if there is none.
    public var voucher: PassVoucher?
    /// The person lives where the voucher's type is for.
    public var livesWhereVoucherCounts: Bool

    public init(
        list: PriceList, cardSystem: CardSystemID, namesVoucher: Bool = false, voucher: PassVoucher? = nil,
        livesWhereVoucherCounts: Bool = true
    ) {
        (self.list, self.cardSystem, self.namesVoucher) = (list, cardSystem, namesVoucher)
        (self.voucher, self.livesWhereVoucherCounts) = (voucher, livesWhereVoucherCounts)
    }
}

/// What a pass costs, and what is against it.
public struct PassPrice: Sendable, Hashable {
    /// In cents; what is paid. `nil` if it is not known.
    public let price: Int?
    /// In cents; what it costs without the voucher.
    public let unreduced: Int?
    /// Against the price and against the voucher.
    public let reasons: [Reason]

    /// REG-17, R-039, R-041, R-053: with a voucher that cannot be used the price is the unreduced one, and what is
    /// against the voucher is told beside it.
    public init(_ pass: PricedPass, _ facts: PassPriceFacts, today: CivilDate) {
        unreduced = facts.list.price(pass)
        var reasons: [Reason] = []
        var reduced: Int?
        if facts.namesVoucher {
            reasons = Self.reasonsAgainstVoucher(facts, today: today)
            if let voucher = facts.voucher, reasons.isEmpty {
                reduced = facts.list.price(pass, with: voucher.type)
                if reduced == nil { reasons.append(Reason(.passVoucherNotApplicable, at: PassVoucher.pointer)) }
            }
        }
        price = reduced ?? unreduced
        if price == nil { reasons.append(Reason(.priceUnknown)) }
        self.reasons = reasons
    }

    private static func reasonsAgainstVoucher(_ facts: PassPriceFacts, today: CivilDate) -> [Reason] {
        guard let voucher = facts.voucher else { return [Reason(.passVoucherUnknown, at: PassVoucher.pointer)] }
        var reasons = [voucher.reason(on: today)].compactMap(\.self)
        if voucher.cardSystem != facts.cardSystem {
            reasons.append(Reason(.passVoucherOtherCardSystem, at: PassVoucher.pointer))
        }
        if !facts.livesWhereVoucherCounts {
            reasons.append(Reason(.passVoucherOtherMunicipality, at: PassVoucher.pointer))
        }
        return reasons
    }

    /// everything that is against selling the pass; a price other than the caller expected is among it.
    public func reasonsAgainstSale(expected: Int?) -> [Reason] {
        guard let price, let expected, expected != price else { return reasons }
        return reasons + [Reason(.priceChanged, at: "/expectedPriceCents", .init("priceCents", .number(price)))]
    }
}

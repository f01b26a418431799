/// What a distribution key or a coupon does to a regular price.
public enum Discount: Sendable, Hashable {
    /// Of a distribution key: the holder pays so many per cent, 0 to 100.
    case percentPaid(Int)
    /// Of a coupon: so many per cent are taken off, 1 to 100.
    case percentOff(Int)
    /// Cents that are taken off.
    case amountOff(Int)
    /// What the holder pays, in cents.
    case fixedPrice(Int)

    /// TAR-04, R-135: what the holder pays of a regular price, in cents. Half a cent is rounded up; never below 0, and
    /// never more than the regular price.
    public func holderPrice(of regularCents: Int) -> Int {
        switch self {
        case .percentPaid(let percent): (regularCents * percent + 50) / 100
        case .percentOff(let percent): (regularCents * (100 - percent) + 50) / 100
        case .amountOff(let cents): max(0, regularCents - cents)
        case .fixedPrice(let cents): min(regularCents, cents)
        }
    }
}

/// An id of one kind of thing: a UUID that cannot be taken for another kind's.
public struct ID<Kind>: Sendable, Hashable, Comparable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// A new UUIDv7: 48 bits of milliseconds, then chance, so that rows made together lie together.
    public init(at instant: Instant, using generator: inout some RandomNumberGenerator) {
        let milliseconds = UInt64(max(0, instant.microseconds / 1000))
        high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &generator)
        low = UInt64.random(in: .min ... .max, using: &generator) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    public init(at instant: Instant) {
        var generator = SystemRandomNumberGenerator()
        self.init(at: instant, using: &generator)
    }

    public static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }

    /// Lower-case with hyphens.
    public var text: String {
        let hex = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var at = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[at] = UInt8(ascii: "-")
                    at += 1
                }
                let word = index < 16 ? high : low
                buffer[at] = hex[Int(word >> UInt64(60 - 4 * (index % 16)) & 15)]
                at += 1
            }
            return at
        }
    }

    /// Reads the form with hyphens, in either case.
    public init?(text: String) {
        var words: (UInt64, UInt64) = (0, 0)
        var index = 0
        for (at, byte) in text.utf8.enumerated() {
            if at == 8 || at == 13 || at == 18 || at == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard index < 32, let digit = Self.hexDigit(byte) else { return nil }
            if index < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
            index += 1
        }
        guard index == 32, text.utf8.count == 36 else { return nil }
        (high, low) = words
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - 48)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - 87)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - 55)
        default: nil
        }
    }
}

// The kinds that have ids. They are names only; what each is, stands with its rules and its table.
public enum AccountKind {}
public enum AdvantageKind {}
public enum AdvantageCodeKind {}
public enum AssociationKind {}
public enum AssociationMembershipKind {}
public enum CardKind {}
public enum CardSystemKind {}
public enum CheckInKind {}
public enum CounterKind {}
public enum CouponKind {}
public enum CouponTargetKind {}
public enum DistributionKeyKind {}
public enum DistributionKeyTermKind {}
public enum EventKind {}
public enum FamilyMemberKind {}
public enum GroupPassKind {}
public enum GroupPassDelegateKind {}
public enum LedgerAccountKind {}
public enum MembershipKind {}
public enum MunicipalityKind {}
public enum OrganizerKind {}
public enum PassHolderKind {}
public enum PassVoucherKind {}
public enum PassVoucherTypeKind {}
public enum PillarKind {}
public enum PlaceKind {}
public enum PriceListKind {}
public enum RedemptionKind {}
public enum RegistrationOrderKind {}
public enum SessionKind {}
public enum StockBatchKind {}
public enum TicketSaleKind {}
public enum TransferKind {}
public enum HoldKind {}
public enum JobKind {}

public typealias AccountID = ID<AccountKind>
public typealias AdvantageID = ID<AdvantageKind>
public typealias AdvantageCodeID = ID<AdvantageCodeKind>
public typealias AssociationID = ID<AssociationKind>
public typealias AssociationMembershipID = ID<AssociationMembershipKind>
public typealias CardID = ID<CardKind>
public typealias CardSystemID = ID<CardSystemKind>
public typealias CheckInID = ID<CheckInKind>
public typealias CounterID = ID<CounterKind>
public typealias CouponID = ID<CouponKind>
public typealias CouponTargetID = ID<CouponTargetKind>
public typealias DistributionKeyID = ID<DistributionKeyKind>
public typealias DistributionKeyTermID = ID<DistributionKeyTermKind>
/// A cdbid: the last part of the event's link in UiTdatabank.
public typealias EventID = ID<EventKind>
public typealias FamilyMemberID = ID<FamilyMemberKind>
public typealias GroupPassID = ID<GroupPassKind>
public typealias GroupPassDelegateID = ID<GroupPassDelegateKind>
public typealias LedgerAccountID = ID<LedgerAccountKind>
public typealias MembershipID = ID<MembershipKind>
public typealias MunicipalityID = ID<MunicipalityKind>
public typealias OrganizerID = ID<OrganizerKind>
public typealias PassHolderID = ID<PassHolderKind>
public typealias PassVoucherID = ID<PassVoucherKind>
public typealias PassVoucherTypeID = ID<PassVoucherTypeKind>
public typealias PillarID = ID<PillarKind>
public typealias PlaceID = ID<PlaceKind>
public typealias PriceListID = ID<PriceListKind>
public typealias RedemptionID = ID<RedemptionKind>
public typealias RegistrationOrderID = ID<RegistrationOrderKind>
public typealias SessionID = ID<SessionKind>
public typealias StockBatchID = ID<StockBatchKind>
public typealias TicketSaleID = ID<TicketSaleKind>
public typealias TransferID = ID<TransferKind>
public typealias HoldID = ID<HoldKind>
public typealias JobID = ID<JobKind>

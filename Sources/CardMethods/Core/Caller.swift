import CardRules

/// Who calls: nobody known, an account with its roles and chosen counter, or a pillar.
public struct Caller: Sendable, Hashable {
    public var accountID: AccountID?
    public var sessionID: SessionID?
    var isOperator = false
    var administered: Set<CardSystemID> = []
    var municipalities: [MunicipalityID: CardSystemID] = [:]
    /// The counter that was chosen after login; rights are those of this one only.
    var counter: Counter?
    public var pillar: Pillar?
    /// The pass holder whose login the account is.
    var holder: PassHolderID?
    private(set) var isHost = false
    /// Until when this holds without asking the database again, at the latest when the session ends; real time.
    public var endsAt: Instant?
    /// Which state of the roles this was computed from: see `Directory.epoch`.
    var epoch = 0

    struct Counter: Sendable, Hashable {
        var id: CounterID
        var cardSystem: CardSystemID
        var role: CounterRole
        var isActive: Bool
        /// PER-07: the groups of a counter add up within a card system, and never across card systems.
        var permissions: [CardSystemID: Set<Permission>]
    }

    public struct Pillar: Sendable, Hashable {
        public var id: PillarID
        public var cardSystem: CardSystemID
        /// The hash of the credential that the device came with: another device's makes it a stranger.
        var credential: [UInt8]
    }

    public static let anonymous = Caller()

    /// Whoever runs the daemon's machine, at its command line. Acts through functions of its own, and calls no methods.
    static let host: Caller = {
        var caller = Caller()
        caller.isHost = true
        return caller
    }()

    public var isAnonymous: Bool { accountID == nil && pillar == nil }

    /// Whether he may bring in documents, and so send long messages.
    public var mayImport: Bool { isOperator || !administered.isEmpty }

    /// Whether he may bring in pictures of pass holders, and so send messages and texts of a picture's length.
    public var maySendPictures: Bool {
        mayImport || counter?.permissions.values.contains { $0.contains(.passHolderPictureWrite) } == true
    }

    /// The card system under which this caller's idempotency keys are kept; the nil id where there is none.
    var home: CardSystemID { pillar?.cardSystem ?? counter?.cardSystem ?? .nil }

    /// Whose idempotency keys these are.
    var principal: ID<AccountKind> {
        if let pillar { return ID(high: pillar.id.high, low: pillar.id.low) }
        return accountID ?? .nil
    }
}

/// What somebody is at a counter.
enum CounterRole: String, Sendable, Hashable, CaseIterable {
    case admin, member
}

extension ID {
    /// All zeros: stands for "none" where a key must have a value.
    static var `nil`: ID { ID(high: 0, low: 0) }
    var isNil: Bool { high == 0 && low == 0 }
}

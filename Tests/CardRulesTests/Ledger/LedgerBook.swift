import CardRules

/// Random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// What is kept of a ledger in these tests: the accounts as the rules leave them, and beside them all that ever
/// happened.
struct LedgerBook: Equatable {
    static let euro = LedgerUnit(code: "eur", scale: 2)

    var accounts: Ledger.Accounts = [:]
    var journal: [TransferGroup] = []
    var holds: [Hold] = []
    /// How often each hold ended.
    var endings: [HoldID: Int] = [:]
    var now = Instant(seconds: 0)
    private var serial: UInt64 = 0

    /// A platform, three people and a town with vouchers.
    init() {
        for account in PointsAccount.allCases {
            let count = account.floorRule == .noOverdraft ? 3 : 1
            for _ in 0..<count { open(.point, account.normalSide, account.floorRule) }
        }
        open(Self.euro, .debit, .none)
        for _ in 0..<3 { open(Self.euro, .credit, .noOverdraft) }
    }

    private mutating func open(_ unit: LedgerUnit, _ side: LedgerSide, _ floor: FloorRule) {
        accounts[newID()] = LedgerAccountState(unit: unit, normalSide: side, floorRule: floor)
    }

    mutating func newID<Kind>() -> ID<Kind> {
        serial += 1
        return ID(high: 0, low: serial)
    }

    func ids(_ unit: LedgerUnit) -> [LedgerAccountID] { accounts.filter { $0.value.unit == unit }.keys.sorted() }

    func isReversed(_ group: TransferGroup) -> Bool { journal.contains { $0.reverses == group.id } }

    /// The counters of all accounts, told from the journal and the holds alone.
    func fold() -> Ledger.Accounts {
        var result = accounts.mapValues {
            LedgerAccountState(unit: $0.unit, normalSide: $0.normalSide, floorRule: $0.floorRule)
        }
        for posting in journal.flatMap(\.postings) {
            result[posting.debit]!.postedDebit += posting.amount
            result[posting.credit]!.postedCredit += posting.amount
        }
        for hold in holds where endings[hold.id] == nil {
            result[hold.posting.debit]!.heldDebit += hold.posting.amount
            result[hold.posting.credit]!.heldCredit += hold.posting.amount
        }
        return result
    }

    /// No account is below its floor, told from the journal and the holds alone.
    var keepsFloors: Bool {
        fold().values.allSatisfy { account in
            let net = account.postedCredit - account.postedDebit
            let rest = account.normalSide == .credit ? net - account.heldDebit : -net - account.heldCredit
            return account.floorRule == .none || rest >= 0
        }
    }
}

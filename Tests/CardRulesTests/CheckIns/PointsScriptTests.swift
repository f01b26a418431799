import CardRules
import Testing

/// A season of one pass holder: check-ins, exchanges and corrections, with their postings in the ledger.
struct PointsScriptTests {
    struct CheckIn {
        var points: Int
        var paidOwed: Int
        var isCancelled = false
    }

    struct Season {
        var accounts: Ledger.Accounts = [:]
        var checkIns: [CheckIn] = []
        var spent = 0
        private var serial: UInt64 = 0

        init() {
            for account in PointsAccount.allCases {
                accounts[Self.id(account)] = LedgerAccountState(
                    unit: .point, normalSide: account.normalSide, floorRule: account.floorRule)
            }
        }

        static func id(_ account: PointsAccount) -> LedgerAccountID {
            LedgerAccountID(high: 0, low: UInt64(PointsAccount.allCases.firstIndex(of: account)!))
        }

        func balance(_ account: PointsAccount) -> Int { accounts[Self.id(account)]!.balance }

        mutating func post(_ flows: [PointsFlow]) throws {
            if flows.isEmpty { return }
            serial += 1
            let postings = try flows.map {
                try Posting(debit: Self.id($0.debit), credit: Self.id($0.credit), amount: $0.points, unit: .point)
            }
            let group = try TransferGroup(id: TransferID(high: 1, low: serial), postings: postings)
            accounts = try Ledger.apply(group, to: accounts)
        }
    }

    @Test(arguments: 0..<32)
    func `CHK-02 CHK-09 the balance is what was saved less what was spent, and never silently negative`(seed: Int)
        throws
    {
        var generator = SeededGenerator(seed: UInt64(seed))
        var season = Season()
        for step in 0..<200 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1: try checkIn(&season, points: Int.random(in: 0...20, using: &generator))
            case 2: try spend(&season, Int.random(in: 1...30, using: &generator))
            default: try correct(&season, &generator)
            }
            let saved = season.checkIns.filter { !$0.isCancelled }.reduce(0) { $0 + $1.points }
            let place: Comment = "seed \(seed), step \(step)"
            #expect(season.balance(.holder) - season.balance(.owed) == saved - season.spent, place)
            #expect(season.balance(.holder) >= 0 && season.balance(.owed) >= 0, place)
            #expect(season.balance(.issued) == saved, place)
        }
    }

    private func checkIn(_ season: inout Season, points: Int) throws {
        let facts = CheckInFacts(
            cardStatus: .active, isGroupPass: false,
            holder: .init(
                isBlocked: false, hasActiveMembership: true, usedInPeriod: 0, nextSlot: 0,
                balance: season.balance(.holder), pointsOwed: season.balance(.owed)),
            limit: nil, eventPoints: points, eventReasons: [])
        let decision = try CheckInRules.decide(facts, at: Instant(seconds: 0)).get()
        try season.post(decision.flows)
        season.checkIns.append(CheckIn(points: points, paidOwed: decision.paidOwed))
        #expect(season.balance(.holder) == decision.newBalance && season.balance(.owed) == decision.newOwed)
    }

    private func spend(_ season: inout Season, _ points: Int) throws {
        let flow = PointsFlow(debit: .holder, credit: .spent, points: points)
        if points <= season.balance(.holder) {
            try season.post([flow])
            season.spent += points
        } else {
            #expect(throws: LedgerFailure.self) { try season.post([flow]) }
        }
    }

    /// Cancels a check-in, gives it other points, or restores it.
    private func correct(_ season: inout Season, _ generator: inout SeededGenerator) throws {
        guard let index = season.checkIns.indices.randomElement(using: &generator) else { return }
        let checkIn = season.checkIns[index]
        let isForced = Bool.random(using: &generator)
        let reason = isForced ? "mistake" : nil
        let facts = CheckInCorrectionFacts(
            points: checkIn.points, paidOwed: checkIn.paidOwed, isCancelled: checkIn.isCancelled,
            balance: season.balance(.holder), pointsOwed: season.balance(.owed), mayForce: isForced)
        let (after, decision): (CheckIn, Result<CheckInCorrection, Refusal>)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0:
            after = CheckIn(points: checkIn.points, paidOwed: 0, isCancelled: true)
            decision = CheckInCorrection.cancel(facts, forcedBecause: reason)
        case 1:
            let points = Int.random(in: 0...20, using: &generator)
            after = CheckIn(points: points, paidOwed: checkIn.paidOwed)
            decision = CheckInCorrection.correct(facts, to: points, forcedBecause: reason)
        default:
            after = CheckIn(points: checkIn.points, paidOwed: 0)
            decision = CheckInCorrection.restore(facts, limit: nil, used: 0)
        }
        guard case .success(let done) = decision else { return }
        try season.post(done.flows + done.missing)
        season.checkIns[index] = after
        if !after.isCancelled {
            let onOwed = done.flows.reduce(0) {
                $0 + ($1.credit == .owed ? $1.points : $1.debit == .owed ? -$1.points : 0)
            }
            season.checkIns[index].paidOwed += onOwed
        }
        #expect(season.balance(.holder) == done.newBalance && season.balance(.owed) == done.newOwed)
    }
}

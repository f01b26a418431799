import CardRules
import Testing

struct LedgerTests {
    static let issued = LedgerAccountID(high: 0, low: 1)
    static let holder = LedgerAccountID(high: 0, low: 2)
    static let owed = LedgerAccountID(high: 0, low: 3)
    static let bank = LedgerAccountID(high: 0, low: 4)
    static let voucher = LedgerAccountID(high: 0, low: 5)
    static let accounts: Ledger.Accounts = [
        issued: LedgerAccountState(unit: .point, normalSide: .debit, floorRule: .none),
        holder: LedgerAccountState(unit: .point, normalSide: .credit, floorRule: .noOverdraft, postedCredit: 10),
        owed: LedgerAccountState(unit: .point, normalSide: .debit, floorRule: .noOverdraft, postedDebit: 4),
        bank: LedgerAccountState(unit: LedgerBook.euro, normalSide: .debit, floorRule: .none),
        voucher: LedgerAccountState(unit: LedgerBook.euro, normalSide: .credit, floorRule: .noOverdraft),
    ]

    static func posting(
        _ debit: LedgerAccountID, _ credit: LedgerAccountID, _ amount: Int, _ unit: LedgerUnit = .point
    ) -> Posting {
        (try? Posting(debit: debit, credit: credit, amount: amount, unit: unit))!
    }

    static func group(_ postings: Posting...) -> TransferGroup {
        (try? TransferGroup(id: TransferID(high: 9, low: 1), postings: postings))!
    }

    @Test(
        arguments: [
            // The other side of a system account may go where it likes; the last point may be spent, one more may not.
            (group(posting(issued, holder, 5)), nil), (group(posting(holder, issued, 10)), nil),
            (group(posting(holder, issued, 11)), [1]), (group(posting(issued, owed, 4)), nil),
            (group(posting(issued, owed, 5)), [1]), (group(posting(owed, issued, 5)), nil),
            // What comes first in a group may be spent in it.
            (group(posting(holder, issued, 12), posting(issued, holder, 3)), nil),
            // A conversion in two units is one group: the second part pulls the first down with it.
            (group(posting(holder, issued, 10), posting(bank, voucher, 250, LedgerBook.euro)), nil),
            (group(posting(holder, issued, 10), posting(voucher, bank, 1, LedgerBook.euro)), [1]),
            (group(posting(holder, issued, 11), posting(voucher, bank, 7, LedgerBook.euro)), [1, 7]),
        ] as [(TransferGroup, [Int]?)])
    func `I1 I5 a group posts whole or not at all, and says how much is missing where`(
        group: TransferGroup, missing: [Int]?
    ) throws {
        let refusal = missing.flatMap { amounts in
            Refusal(amounts.map { Reason(.ledgerInsufficient, at: nil, .init("missing", .number($0))) })
        }
        do throws(LedgerFailure) {
            let after = try Ledger.apply(group, to: Self.accounts)
            #expect(refusal == nil)
            for posting in group.postings {
                #expect(after[posting.debit]!.postedDebit >= posting.amount)
                #expect(after[posting.credit]!.postedCredit >= posting.amount)
            }
        } catch {
            #expect(error == refusal.map(LedgerFailure.refused))
        }
    }

    @Test func `A posting or group that cannot be is a fault`() {
        let euro = LedgerBook.euro
        func expect(_ fault: LedgerFault, _ body: () throws(LedgerFailure) -> Void) {
            do throws(LedgerFailure) {
                try body()
                Issue.record("no fault")
            } catch { #expect(error == .fault(fault)) }
        }
        for amount in [0, -1, Posting.maximumAmount + 1] {
            expect(.amountOutOfRange) { () throws(LedgerFailure) in
                _ = try Posting(debit: Self.issued, credit: Self.holder, amount: amount, unit: .point)
            }
        }
        expect(.sameAccount) { () throws(LedgerFailure) in
            _ = try Posting(debit: Self.holder, credit: Self.holder, amount: 1, unit: .point)
        }
        expect(.emptyGroup) { () throws(LedgerFailure) in
            _ = try TransferGroup(id: TransferID(high: 9, low: 2), postings: [])
        }
        for pair in [(Self.issued, Self.voucher), (Self.voucher, Self.issued), (Self.bank, Self.voucher)] {
            expect(.unitMismatch) { () throws(LedgerFailure) in
                _ = try Ledger.apply(Self.group(Self.posting(pair.0, pair.1, 1)), to: Self.accounts)
            }
        }
        expect(.unknownAccount) { () throws(LedgerFailure) in
            let stranger = LedgerAccountID(high: 0, low: 77)
            _ = try Ledger.apply(Self.group(Self.posting(Self.bank, stranger, 1, euro)), to: Self.accounts)
        }
    }

    @Test(arguments: [(10, nil), (11, 1)] as [(Int, Int?)])
    func `I5 a hold keeps what is available, and no more`(amount: Int, missing: Int?) throws {
        let hold = Hold(
            id: HoldID(high: 8, low: 1), posting: Self.posting(Self.holder, Self.issued, amount),
            expiresAt: Instant(seconds: 100))
        do throws(LedgerFailure) {
            let after = try Ledger.place(hold, on: Self.accounts)
            #expect(missing == nil)
            #expect(after[Self.holder]!.balance == 10 && after[Self.holder]!.available == 0)
            #expect(throws: LedgerFailure.self) {
                try Ledger.apply(Self.group(Self.posting(Self.holder, Self.issued, 1)), to: after)
            }
        } catch {
            let reason = missing.map { Reason(.ledgerInsufficient, at: nil, .init("missing", .number($0))) }
            #expect(error == reason.map { .refused(Refusal($0)) })
        }
    }

    @Test(
        arguments: [
            // how, at, what is on the account then; nil if the hold has ended for that
            (HoldEnd.posted(amount: 6), 99, 4), (.posted(amount: 2), 0, 8), (.voided, 99, 10), (.expired, 100, 10),
            (.posted(amount: 6), 100, nil), (.voided, 100, nil),
        ] as [(HoldEnd, Int64, Int?)])
    func `I8 a hold ends once: posted in full or less, voided, or expired`(
        end: HoldEnd, second: Int64, balance: Int?
    ) throws {
        let hold = Hold(
            id: HoldID(high: 8, low: 1), posting: Self.posting(Self.holder, Self.issued, 6),
            expiresAt: Instant(seconds: 100))
        let held = try Ledger.place(hold, on: Self.accounts)
        let ended = LedgerFailure.refused(Refusal(.holdEnded))
        guard let balance else {
            #expect(throws: ended) { try Ledger.end(hold, end, at: Instant(seconds: second), in: held) }
            return
        }
        let (done, after) = try Ledger.end(hold, end, at: Instant(seconds: second), in: held)
        #expect(done.end == end)
        #expect(after[Self.holder]!.balance == balance && after[Self.holder]!.available == balance)
        #expect(after[Self.issued]!.heldCredit == 0)
        for again in [HoldEnd.posted(amount: 1), .voided, .expired] {
            #expect(throws: ended) { try Ledger.end(done, again, at: Instant(seconds: second), in: after) }
        }
    }

    @Test func `I8 a hold neither expires before its time nor posts more than it holds`() throws {
        let hold = Hold(
            id: HoldID(high: 8, low: 1), posting: Self.posting(Self.holder, Self.issued, 6),
            expiresAt: Instant(seconds: 100))
        let held = try Ledger.place(hold, on: Self.accounts)
        #expect(throws: LedgerFailure.fault(.holdStillRuns)) {
            try Ledger.end(hold, .expired, at: Instant(seconds: 99), in: held)
        }
        for amount in [0, 7] {
            #expect(throws: LedgerFailure.fault(.amountOutOfRange)) {
                try Ledger.end(hold, .posted(amount: amount), at: Instant(seconds: 99), in: held)
            }
        }
    }

    @Test func `I9 a group is taken back once, and names what it takes back`() throws {
        let group = Self.group(Self.posting(Self.issued, Self.holder, 5), Self.posting(Self.owed, Self.issued, 2))
        let posted = try Ledger.apply(group, to: Self.accounts)
        let id = TransferID(high: 9, low: 3)
        let (reversal, after) = try Ledger.reverse(group, as: id, isReversed: false, in: posted)
        #expect(reversal.reverses == group.id && reversal.id == id)
        for (account, state) in Self.accounts { #expect(after[account]!.balance == state.balance) }
        #expect(throws: LedgerFailure.refused(Refusal(.transferAlreadyReversed))) {
            try Ledger.reverse(group, as: id, isReversed: true, in: after)
        }
    }
}

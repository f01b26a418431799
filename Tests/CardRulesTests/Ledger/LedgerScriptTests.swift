import CardRules
import Testing

/// Random scripts: after each step the invariants of the ledger hold, and it did what a plain count says it had to.
struct LedgerScriptTests {
    /// How a step ended.
    enum Outcome: Equatable { case done, refused(RefusalKind) }

    @Test(arguments: 0..<48)
    func `I1 I2 I3 I4 I5 I6 I8 I9 the invariants hold after each step`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var book = LedgerBook()
        for step in 0..<150 {
            let before = book
            let outcome = try Self.step(&book, &generator)
            let place: Comment = "seed \(seed), step \(step): \(outcome)"
            if outcome != .done {
                #expect(book.accounts == before.accounts && book.journal == before.journal, place)
                #expect(book.holds == before.holds && book.endings == before.endings, place)
            }
            #expect(book.journal.starts(with: before.journal), place)
            #expect(book.accounts == book.fold(), place)
            #expect(book.keepsFloors, place)
            Self.expectBalance(book, place)
            #expect(book.endings.values.allSatisfy { $0 == 1 }, place)
            let reversals = book.journal.compactMap(\.reverses)
            #expect(Set(reversals).count == reversals.count, place)
        }
    }

    /// The scripts would prove nothing if they refused nothing or everything.
    @Test func `The scripts come by every outcome`() throws {
        var kinds: [RefusalKind?: Int] = [:]
        var generator = SeededGenerator(seed: 99)
        var book = LedgerBook()
        for _ in 0..<1000 {
            switch try Self.step(&book, &generator) {
            case .done: kinds[nil, default: 0] += 1
            case .refused(let kind): kinds[kind, default: 0] += 1
            }
        }
        for kind in [nil, .ledgerInsufficient, .holdEnded, .transferAlreadyReversed] as [RefusalKind?] {
            #expect(kinds[kind, default: 0] >= 20, "\(kinds)")
        }
    }

    /// Per unit, what is posted and what is held sums up to nothing, each for itself (I1, I2).
    private static func expectBalance(_ book: LedgerBook, _ place: Comment) {
        for unit in [LedgerUnit.point, LedgerBook.euro] {
            let accounts = book.accounts.values.filter { $0.unit == unit }
            #expect(accounts.reduce(0) { $0 + $1.postedDebit - $1.postedCredit } == 0, place)
            #expect(accounts.reduce(0) { $0 + $1.heldDebit - $1.heldCredit } == 0, place)
        }
    }

    private static func step(_ book: inout LedgerBook, _ generator: inout SeededGenerator) throws -> Outcome {
        book.now = book.now + .seconds(Int.random(in: 0...3, using: &generator))
        let attempt = book
        do throws(LedgerFailure) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5: try post(&book, &generator)
            case 5: try reverse(&book, &generator)
            case 6, 7: try place(&book, &generator)
            default: try end(&book, &generator)
            }
            return .done
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            book = attempt
            return .refused(refusal.kind)
        }
    }

    private static func posting(
        _ book: LedgerBook, _ generator: inout SeededGenerator
    ) throws(LedgerFailure) -> Posting {
        let unit = Bool.random(using: &generator) ? LedgerUnit.point : LedgerBook.euro
        let pair = book.ids(unit).shuffled(using: &generator)
        return try Posting(
            debit: pair[0], credit: pair[1], amount: Int.random(in: 1...30, using: &generator), unit: unit)
    }

    private static func post(_ book: inout LedgerBook, _ generator: inout SeededGenerator) throws(LedgerFailure) {
        var postings: [Posting] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) { postings.append(try posting(book, &generator)) }
        let group = try TransferGroup(id: book.newID(), postings: postings)
        try write(group, to: &book) { accounts throws(LedgerFailure) in try Ledger.apply(group, to: accounts) }
    }

    private static func reverse(_ book: inout LedgerBook, _ generator: inout SeededGenerator) throws(LedgerFailure) {
        guard let group = book.journal.randomElement(using: &generator) else { return }
        let id: TransferID = book.newID()
        let mirror = try TransferGroup(
            id: id,
            postings: group.postings.map { posting throws(LedgerFailure) in
                try Posting(debit: posting.credit, credit: posting.debit, amount: posting.amount, unit: posting.unit)
            }, reverses: group.id)
        if book.isReversed(group) {
            _ = try Ledger.reverse(group, as: id, isReversed: true, in: book.accounts)
            Issue.record("took back twice \(group)")
        }
        try write(mirror, to: &book) { accounts throws(LedgerFailure) in
            let (reversal, after) = try Ledger.reverse(group, as: id, isReversed: false, in: accounts)
            #expect(reversal == mirror)
            return after
        }
    }

    /// The plain count must come to the same verdict as the rules.
    private static func write(
        _ group: TransferGroup, to book: inout LedgerBook,
        _ apply: (Ledger.Accounts) throws(LedgerFailure) -> Ledger.Accounts
    ) throws(LedgerFailure) {
        var after = book
        after.journal.append(group)
        do throws(LedgerFailure) { after.accounts = try apply(book.accounts) } catch {
            #expect(!after.keepsFloors, "refused \(group) without need")
            throw error
        }
        book = after
    }

    private static func place(_ book: inout LedgerBook, _ generator: inout SeededGenerator) throws(LedgerFailure) {
        let end = book.now + .seconds(Int.random(in: 1...60, using: &generator))
        let hold = Hold(id: book.newID(), posting: try posting(book, &generator), expiresAt: end)
        var after = book
        after.holds.append(hold)
        do throws(LedgerFailure) { after.accounts = try Ledger.place(hold, on: book.accounts) } catch {
            #expect(!after.keepsFloors, "refused \(hold) without need")
            throw error
        }
        book = after
    }

    private static func end(_ book: inout LedgerBook, _ generator: inout SeededGenerator) throws(LedgerFailure) {
        guard let index = book.holds.indices.randomElement(using: &generator) else { return }
        let hold = book.holds[index]
        let amount = Int.random(in: 1...hold.posting.amount, using: &generator)
        let isOver = book.now >= hold.expiresAt
        let ways: [HoldEnd] = [.voided, .posted(amount: amount)] + (isOver ? [.expired, .expired] : [])
        let end = ways.randomElement(using: &generator)!
        let mayEnd = book.endings[hold.id] == nil && (end == .expired || !isOver)
        let (ended, accounts): (Hold, Ledger.Accounts)
        do throws(LedgerFailure) {
            (ended, accounts) = try Ledger.end(hold, end, at: book.now, in: book.accounts)
        } catch {
            #expect(!mayEnd, "refused to end \(hold) without need")
            throw error
        }
        #expect(mayEnd)
        book.holds[index] = ended
        book.accounts = accounts
        book.endings[hold.id, default: 0] += 1
        if case .posted = end {
            let posting = try Posting(
                debit: hold.posting.debit, credit: hold.posting.credit, amount: amount, unit: hold.posting.unit)
            book.journal.append(try TransferGroup(id: book.newID(), postings: [posting]))
        }
    }
}

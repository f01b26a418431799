import CardRules
import JSONRPC
import Postgres

/// Sales and reservations of strangers that are run together, from facts to rows. A later call of the batch sees what
/// an earlier one took; of one call, everything is sold or nothing (TS-03).
struct TicketSaleWork: BatchWork {
    static let name = "ticketSale"

    private let calls: [BatchCall<TicketSaleRequest>]
    private let now: Instant
    private let directory: Directory
    private var reading: TicketReading
    private var coupons: CouponSales
    private var stock = TicketStock()
    private var due: [EndingSale] = []
    private var rows: [TicketSaleRow] = []

    init(_ calls: [BatchCall<TicketSaleRequest>], _ services: Services, now: Instant) {
        (self.calls, self.now, directory) = (calls, now, services.directory)
        let items = calls.flatMap(\.request.items)
        reading = TicketReading(items.map(\.line), at: now, now: now)
        coupons = CouponSales(selling: items, at: now)
    }

    var reads: [SQL] {
        [TicketReading.role] + reading.locks + coupons.locks + [dueReservations] + reading.statements
            + [SettlementAccounts.rows(of: reading.lines.map(\.event))] + coupons.statements
    }

    /// Reservations of the locked groups and coupons whose time is over: they are settled first.
    private var dueReservations: SQL {
        let numbers = reading.lines.compactMap { line -> String? in
            if case .number(let number) = line.card { number.text } else { nil }
        }
        let chips = reading.lines.compactMap { line -> String? in
            if case .chip(let chip) = line.card { chip.text } else { nil }
        }
        return TicketSaleEnd.due(
            """
            (t.group_pass_id in (select c.group_pass_id from card c where c.number = any (\(numbers))
                    union all select c.group_pass_id from card c where c.chip_number = any (\(chips)))
                or t.coupon_id in (select q.id from coupon q where q.number = any (\(coupons.lockedNumbers))))
            """, at: now, limit: 10_000)
    }

    mutating func take(_ results: ArraySlice<Rows>) throws {
        var start = results.startIndex + 1 + reading.locks.count + coupons.locks.count
        due = try results[start].map(EndingSale.init)
        start += 1
        try reading.take(results[start..<start + TicketReading.statementCount])
        start += TicketReading.statementCount
        try stock.accounts.take(results[start])
        try coupons.take(results[(start + 1)...])
        for buyer in reading.buyers.values { stock.add(buyer) }
    }

    mutating func decide(_ index: Int) -> BatchOutcome {
        let call = calls[index]
        var draft = TicketSaleDraft(
            call.request, by: call.ticket.caller, reading, directory, stock: stock, coupons: coupons, at: now)
        do { try draft.sell() } catch { return .failed(error) }
        if let refusal = Refusal(draft.reasons) { return .refused(refusal) }
        (stock, coupons) = (draft.stock, draft.coupons)
        rows += draft.rows
        let receipt = TicketSaleReceipt(
            order: draft.order,
            sales: draft.rows.map {
                TicketSaleRecord(
                    $0, eventName: reading.events[$0.event]!.event.name,
                    sight: call.request.sight)
            })
        return .done(receipt.jsonBytes, trace(draft, call))
    }

    /// The row stands in the trails of all card systems whose tariffs were sold.
    private func trace(_ draft: TicketSaleDraft, _ call: BatchCall<TicketSaleRequest>) -> BatchTrace {
        let systems = Set(draft.rows.map(\.offer.cardSystem))
        var note = AuditNote()
        note.cardSystem = systems.contains(call.cardSystem) ? call.cardSystem : systems.min()!
        note.also = systems
        note.object(draft.order)
        note.told.append(("saleIds", .array(draft.rows.map { .string($0.id.text) })))
        note.tell(draft.warnings)
        return BatchTrace(note)
    }

    var writes: [SQL] {
        var statements = TicketSaleEnd.lapse(due, at: now)
        if rows.isEmpty { return statements }
        var (accounts, transfers) = (stock.accounts, TransferRows())
        for row in rows where row.reservedUntil == nil {
            transfers.settle(row.settled, &accounts, group: row.id.any, at: now)
        }
        let allowances = rows.compactMap { row -> AllowanceChange? in
            guard row.coupon == nil, case .group(let group, let cardSystem) = row.buyer.subject else { return nil }
            return AllowanceChange(
                group: group, cardSystem: cardSystem, year: Brussels.date(now).year, change: -1, sale: row.id,
                actor: (row.seller.account, row.seller.counter))
        }
        statements += AllowanceChange.open(stock.toOpen(for: allowances), year: Brussels.date(now).year, at: now)
        statements +=
            AllowanceChange.statements(allowances, at: now) + [TicketSaleRow.insert(rows)] + CouponSales.writes(rows)
        return statements + accounts.statements + transfers.statements(at: now)
    }
}

extension TicketItemParams {
    var line: TicketUses.Line { TicketUses.Line(card: card.name, event: event) }
}

/// What there is to take from, as a batch goes on.
struct TicketStock {
    private struct HolderEvent: Hashable { let holder: PassHolderID, event: EventID }
    private struct HolderCounter: Hashable { let holder: PassHolderID, counter: CounterID }

    private var ofEvents: [HolderEvent: TicketUse] = [:]
    private var ofCounters: [HolderCounter: TicketUse] = [:]
    private var groups: [GroupPassID: (remaining: Int, isOpen: Bool, tickets: Int)] = [:]
    var accounts = SettlementAccounts()

    /// Takes in what was read of a buyer.
    mutating func add(_ row: TicketBuyerRow) {
        for (municipality, account) in row.accounts {
            accounts.add(account, of: SettlementOwner(id: municipality.any, kind: .payable))
        }
        guard case .group(let group) = row.buyer, let id = row.subject.group else { return }
        groups[id] = (group.facts.remaining, row.isYearOpen, group.ticketsPerYear)
    }

    /// The buyer with what is left now.
    func buyer(_ row: TicketBuyerRow) -> TicketBuyer? {
        guard case .group(var group) = row.buyer, let id = row.subject.group, let left = groups[id] else {
            return row.buyer
        }
        group.facts.remaining = left.remaining
        return .group(group)
    }

    func use(_ row: TicketBuyerRow, _ line: TicketUses.Line, _ reading: TicketReading) -> TicketUse {
        row.subject.holder.flatMap { ofEvents[HolderEvent(holder: $0, event: line.event)] } ?? reading.use(line)
    }

    func use(_ row: TicketBuyerRow, _ line: TicketUses.Line, of counter: CounterID, _ reading: TicketReading)
        -> TicketUse
    {
        row.subject.holder.flatMap { ofCounters[HolderCounter(holder: $0, counter: counter)] }
            ?? reading.use(line.card, counter)
    }

    /// Takes a ticket at the opportunity tariff.
    mutating func take(
        _ row: TicketBuyerRow, _ line: TicketUses.Line, from counter: CounterID, _ reading: TicketReading
    ) {
        switch row.subject {
        case .holder(let holder):
            var (use, counterUse) = (self.use(row, line, reading), self.use(row, line, of: counter, reading))
            use.take()
            counterUse.take()
            ofEvents[HolderEvent(holder: holder, event: line.event)] = use
            ofCounters[HolderCounter(holder: holder, counter: counter)] = counterUse
        case .group(let id, _): groups[id]?.remaining -= 1
        case .nobody: break
        }
    }

    /// The groups among those that took something whose year is not open yet.
    func toOpen(for changes: [AllowanceChange]) -> [(group: GroupPassID, cardSystem: CardSystemID, tickets: Int)] {
        var seen: Set<GroupPassID> = []
        return changes.compactMap { change in
            guard let group = groups[change.group], !group.isOpen, seen.insert(change.group).inserted else {
                return nil
            }
            return (change.group, change.cardSystem, group.tickets)
        }
    }
}

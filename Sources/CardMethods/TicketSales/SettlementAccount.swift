import CardRules
import Postgres

/// The accounts of the ledger that count what is owed for tickets below the regular price, in cents. They keep no
/// balance, so that none is a hot row.
enum SettlementAccount: String, Sendable, Hashable, CaseIterable {
    /// What a municipality or card system owes.
    case payable = "settlement.payable"
    /// What the partners of a card system owe: its owner is the card system.
    case partnerPayable = "settlement.partnerPayable"
    /// What a counter gets that organized.
    case receivable = "settlement.receivable"

    var normalSide: LedgerSide { self == .receivable ? .credit : .debit }
}

/// Whose account it is, and which.
struct SettlementOwner: Sendable, Hashable {
    let id: ID<Never>
    let kind: SettlementAccount

    static func receivable(_ counter: CounterID) -> SettlementOwner {
        SettlementOwner(id: counter.any, kind: .receivable)
    }

    /// Whose debt a part of a price is; `nil` for the organizer, who owes himself nothing.
    static func payable(_ part: PayerPart, in cardSystem: CardSystemID) -> SettlementOwner? {
        switch part.payer {
        case .organizer: nil
        case .municipality, .cardSystem: SettlementOwner(id: part.whom ?? cardSystem.any, kind: .payable)
        case .partner: SettlementOwner(id: cardSystem.any, kind: .partnerPayable)
        }
    }
}

/// Accounts that are known, and those that have to be made first.
struct SettlementAccounts: Sendable {
    private var known: [SettlementOwner: LedgerAccountID] = [:]
    private var new: [SettlementOwner: LedgerAccountID] = [:]

    mutating func add(_ id: LedgerAccountID, of owner: SettlementOwner) { known[owner] = id }

    /// An account, made if there is none yet.
    mutating func id(of owner: SettlementOwner, at now: Instant) -> LedgerAccountID {
        if let id = known[owner] ?? new[owner] { return id }
        let id: LedgerAccountID = ID(at: now)
        new[owner] = id
        return id
    }

    /// Makes the new ones. Should another make one meanwhile, the constraint says so and the call is run again.
    var statements: [SQL] {
        if new.isEmpty { return [] }
        let rows = new.sorted { $0.value < $1.value }
        return [
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            select item.id, 'eur', item.kind, item.owner_id, item.side, 'none'
            from unnest(\(rows.map(\.value)), \(rows.map(\.key.kind.rawValue)), \(rows.map(\.key.id)),
                \(rows.map(\.key.kind.normalSide.rawValue))) as item (id, kind, owner_id, side)
            """
        ]
    }

    /// The accounts of owners that are known beforehand.
    static func rows(of owners: [ID<Never>]) -> SQL {
        """
        select a.id, a.owner_id, a.kind from ledger_account a
        where a.owner_id = any (\(owners)) and a.unit = 'eur' and a.kind like 'settlement.%'
        """
    }

    /// Those of the counters and card systems of events, before it is known which of them will be asked.
    static func rows(of events: [EventID]) -> SQL {
        """
        select a.id, a.owner_id, a.kind from ledger_account a
        where a.unit = 'eur' and a.kind like 'settlement.%' and a.owner_id in (
            select w.id from event e join counter w on w.organizer_id = e.organizer_id where e.id = any (\(events))
            union
            select k.card_system_id from event e join counter w on w.organizer_id = e.organizer_id
                join counter_card_system k on k.counter_id = w.id where e.id = any (\(events)))
        """
    }

    mutating func take(_ rows: Rows) throws {
        for row in rows {
            guard let kind = SettlementAccount(rawValue: try row["kind"]) else { throw UnreadableColumn() }
            add(try row["id"], of: SettlementOwner(id: try row["owner_id"], kind: kind))
        }
    }
}

extension TransferRows {
    /// Adds what others than the organizer owe him for a sale.
    mutating func settle(_ sale: SettledSale, _ accounts: inout SettlementAccounts, group: ID<Never>, at now: Instant) {
        for part in sale.parts where part.cents > 0 {
            guard let owner = SettlementOwner.payable(part, in: sale.cardSystem) else { continue }
            add(
                unit: "eur", debit: accounts.id(of: owner, at: now),
                credit: accounts.id(of: .receivable(sale.organizer), at: now), amount: part.cents,
                reason: "ticketSale", group: group, reference: sale.id.any, cardSystem: sale.cardSystem,
                keepsBalance: [], eventAt: now)
        }
    }
}

/// A sale as far as money is owed for it.
struct SettledSale {
    let id: TicketSaleID
    let cardSystem: CardSystemID
    let organizer: CounterID
    let parts: [PayerPart]

    /// Whether somebody owes the organizer something for it.
    var isOwed: Bool { parts.contains { $0.cents > 0 && $0.payer != .organizer } }
}

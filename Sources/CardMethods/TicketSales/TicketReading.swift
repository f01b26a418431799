import CardRules
import Postgres

/// Loads what decides on tickets, for all lines of a batch at once: cards with people and groups, events with their
/// keys, what was taken, and coupons. The statements take the platform's role: an event belongs to everybody, and its
/// limits count what was sold in whatever card system.
struct TicketReading {
    let lines: [TicketUses.Line]
    let instant: Instant
    private let buyerReading: TicketBuyers
    private let useReading: TicketUses
    private let eventReading: EventTariffs

    private(set) var buyers: [CardName: TicketBuyerRow] = [:]
    private(set) var events: [EventID: EventTariffFacts] = [:]
    private var uses = TicketUses.Found()

    /// - Parameter lines: Cards and the events that they are held against; each line once is enough.
    init(_ lines: some Sequence<TicketUses.Line>, at instant: Instant, now: Instant) {
        self.lines = Array(Set(lines))
        self.instant = instant
        buyerReading = TicketBuyers(
            cards: Array(Set(self.lines.map(\.card))), instant: instant, isPast: instant < now)
        useReading = TicketUses(lines: self.lines, instant: instant, isPast: instant < now)
        eventReading = EventTariffs(of: self.lines.map(\.event), at: instant, now: now)
    }

    static let role: SQL = "select set_config('role', 'ksbd_platform', true)"

    /// What is about to be bought is locked first.
    var locks: [SQL] { buyerReading.locks }
    var statements: [SQL] { buyerReading.statements + useReading.statements + eventReading.statements }
    /// How many there are.
    static let statementCount = 7

    mutating func take(_ answers: ArraySlice<Rows>) throws {
        let start = answers.startIndex
        buyers = try buyerReading.read(answers[start..<start + 2])
        uses = try useReading.read(answers[start + 2..<start + 4])
        events = try eventReading.read(Array(answers[(start + 4)...]))
    }

    /// What a holder took of an event so far.
    func use(_ line: TicketUses.Line) -> TicketUse { uses.ofEvents[line] ?? .none }
    func use(_ card: CardName, _ counter: CounterID) -> TicketUse {
        uses.ofCounters[card]?[counter] ?? .none
    }
}

extension EventTariffFacts {
    /// What decides on the tariffs of somebody.
    ///
    /// - Parameters:
    ///   - use: What he took of the event.
    ///   - counterUse: What he took of what a counter organizes.
    func facts(of buyer: TicketBuyer, use: TicketUse, counterUse: (CounterID) -> TicketUse) -> TariffFacts {
        TariffFacts(
            isFree: isFree, eventLimit: ticketLimit.map { LimitUse(.event, $0, used: use.used(per: $0.period)) },
            cardSystems: cardSystems.map { system in
                TariffFacts.CardSystem(
                    id: system.id, name: system.name, keys: system.keys, maximumPrice: system.opportunityPriceMaximum,
                    counter: system.counter.id,
                    counterLimit: system.counter.ticketLimit.map {
                        LimitUse(.counter, $0, used: counterUse(system.counter.id).used(per: $0.period))
                    })
            }, buyer: buyer)
    }

    /// "free" is an event without a base price above 0.
    var isFree: Bool { (basePrice ?? 0) <= 0 }

    /// The regular prices: what each price class is called, and what it costs.
    var regularPrices: [EventPrice] { prices.filter { $0.category != .uitpas } }
}

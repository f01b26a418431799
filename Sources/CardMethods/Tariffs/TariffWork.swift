import CardRules
import JSONRPC
import Postgres

/// Questions of what tickets cost, answered together. Each call is for an instant; those of one instant are read at
/// once.
struct TariffWork: BatchWork {
    static let name = "tariff"
    static let onlyReads = true

    private let calls: [BatchCall<TariffRequest>]
    private let now: Instant
    private let directory: Directory
    private var readings: [Instant: TicketReading] = [:]
    private var coupons: [Instant: CouponSales] = [:]

    init(_ calls: [BatchCall<TariffRequest>], _ services: Services, now: Instant) {
        (self.calls, self.now, directory) = (calls, now, services.directory)
        let byInstant = Dictionary(grouping: calls) { $0.request.instant ?? now }
        for (instant, asked) in byInstant {
            let reading = TicketReading(asked.map(\.request.line), at: instant, now: now)
            readings[instant] = reading
            coupons[instant] = CouponSales(offering: reading.lines, at: instant)
        }
    }

    private var order: [Instant] { readings.keys.sorted() }

    var reads: [SQL] { [TicketReading.role] + order.flatMap { readings[$0]!.statements + coupons[$0]!.statements } }

    mutating func take(_ results: ArraySlice<Rows>) throws {
        var start = results.startIndex + 1
        for instant in order {
            let middle = start + TicketReading.statementCount
            let end = middle + CouponReading.statementCount
            try readings[instant]!.take(results[start..<middle])
            try coupons[instant]!.take(results[middle..<end])
            start = end
        }
    }

    mutating func decide(_ index: Int) -> BatchOutcome {
        let request = calls[index].request
        let instant = request.instant ?? now
        let reading = readings[instant]!
        guard let whole = reading.events[request.line.event] else {
            return .refused(Refusal(.eventNotFound, at: "/eventId"))
        }
        guard let event = request.seller.part(of: whole, directory) else {
            return .failed(RPCError(.permissionMissing))
        }
        guard let row = reading.buyers[request.line.card] else {
            return .refused(Refusal(.cardNotFound, at: request.cardPointer))
        }
        var reasons = EventRules.usability(event.event, at: instant)
        reasons += TicketSaleRules.reasonsAgainstBuying(
            card: row.cardStatus, isPersonBlocked: row.isPersonBlocked,
            hasActiveMembership: row.buyer == nil || row.hasActiveMembership, pointer: request.cardPointer)
        let prices: [(cents: Int, name: LocalizedText?)]
        switch event.prices(request.asked) {
        case .success(let found): prices = found
        case .failure(let unknown):
            reasons.append(unknown)
            prices = []
        }
        if let refusal = Refusal(reasons) { return .refused(refusal) }
        guard let buyer = row.buyer else { return .refused(Refusal(.cardNotActive, at: request.cardPointer)) }
        let facts = event.facts(of: buyer, use: reading.use(request.line)) {
            reading.use(request.line.card, $0)
        }
        let answers = prices.map { price in
            PriceTariffs(
                regularPrice: price.cents, priceClass: price.name, isOffList: !event.lists(regularPrice: price.cents),
                answer: TariffRules.answer(
                    facts,
                    coupons: coupons[instant]!.tried(for: row, buyer, at: event, regularPrice: price.cents),
                    regularPrice: price.cents, filter: request.filter, at: instant),
                instant: instant, isExplained: request.isExplained)
        }
        if let refusal = answers.first?.answer.refusal, answers.allSatisfy({ $0.answer.refusal != nil }) {
            return .refused(refusal)
        }
        return .answered(
            TariffReply(event: event.event.id, isFree: event.isFree, prices: answers, instant: instant).jsonBytes)
    }
}

extension EventTariffFacts {
    /// The regular prices that are asked for, else those that the event lists; R-103: a class that it lacks is
    /// refused.
    func prices(_ asked: [AskedPrice]) -> Result<[(cents: Int, name: LocalizedText?)], Reason> {
        if asked.isEmpty { return .success(regularPrices.filter { $0.cents > 0 }.map { ($0.cents, $0.name) }) }
        var found: [(cents: Int, name: LocalizedText?)] = []
        for price in asked {
            switch price {
            case .cents(let cents): found.append((cents, regularPrices.first { $0.cents == cents }?.name))
            case .priceClass(let name):
                guard let price = self.price(named: name) else { return .failure(Reason(.priceClassUnknown)) }
                found.append((price.cents, price.name))
            }
        }
        return .success(found)
    }

    /// a price class by its name, in any language.
    func price(named name: String) -> EventPrice? {
        regularPrices.first { $0.cents > 0 && $0.name.texts.values.contains(name) }
    }
}

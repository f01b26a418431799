import CardRules
import JSONRPC

/// A regular price that is asked for: in cents, or by the name that the event gives it.
enum AskedPrice: Sendable, Hashable {
    case cents(Int)
    case priceClass(String)
}

/// Cents of a ticket's regular price.
enum TicketPrice: IntegerRange { static let range = 1...100_000_000 }

enum TariffCompute: BatchedMethod {
    static let declaration = Declaration(
        "tariff.compute", .reads, by: .staff(.tariffRead),
        "Tells what tickets of an event cost a pass holder or a group; reserves nothing (TAR-01 to TAR-13).",
        details: """
            Give one or more regular prices, or none for those that the event lists. An answer may be empty, with a \
            message that says why. With `explain` every rule that was tried is told, with its limit, what is used and \
            when it may hold again. With `at` it is told as of a past or future instant.
            """,
        refusals: buyingRefusals + [.opportunityExpired, .opportunitySuspended, .priceClassUnknown])

    /// What can be against a card or an event, whatever is asked for it.
    static let buyingRefusals: [RefusalKind] = [
        .eventNotFound, .cardNotFound, .cardBlocked, .cardNotActive, .passHolderBlocked, .membershipNoneActive,
        .eventNotPublished, .eventUnavailable,
    ]

    typealias Result = TariffReply
    typealias Work = TariffWork

    struct Params: Parameters {
        let event: EventID
        let card: CardNameParams
        let prices: [Bounded<TicketPrice>]
        let classes: [String]
        let filter: TariffFilter
        let isExplained: Bool
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The event's cdbid.")
            card = CardNameParams(from: &reader)
            prices = reader.optional("regularPricesCents", default: [], "Regular prices, in cents; at most 50.")
            classes = reader.optional("priceClasses", default: [], "Or what the event calls them, in any language.")
            filter = reader.optional("type", default: .any, "Which kind of tariff is asked for.")
            isExplained = reader.optional("explain", default: false, "Tell every rule that was tried.")
            instant = reader.optional("at", "As of this instant; now if absent.")
            if prices.count + classes.count > 50 { reader.refuse("regularPricesCents", "are more than 50") }
        }

        var asked: [AskedPrice] { prices.map { .cents($0.value) } + classes.map(AskedPrice.priceClass) }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let request = TariffRequest(
            line: TicketUses.Line(card: params.card.name, event: params.event), cardPointer: params.card.pointer,
            asked: params.asked, filter: params.filter, isExplained: params.isExplained, instant: params.instant,
            seller: TicketSeller(invocation.scope, invocation.caller))
        let call = BatchCall(
            ticket: try BatchTicket(invocation, completion), cardSystem: invocation.caller.home, request: request)
        invocation.services.batches(of: Work.self).submit(call, from: invocation.peer)
    }
}

/// What is asked of `tariff.compute`.
struct TariffRequest: Sendable {
    let line: TicketUses.Line
    let cardPointer: String
    /// Empty for those that the event lists.
    let asked: [AskedPrice]
    let filter: TariffFilter
    let isExplained: Bool
    /// `nil` for now.
    let instant: Instant?
    let seller: TicketSeller
}

/// Who sells tickets, and for which events he may: those that his counter organizes, or those in a card system that he
/// administers (TAR-10, PER-04).
struct TicketSeller: Sendable {
    let counter: CounterID?
    private let scope: Scope

    init(_ scope: Scope, _ caller: Caller) {
        self.scope = scope
        // An administrator who has chosen a counter as well acts as its staff.
        counter = scope.atCounter.isEmpty ? nil : caller.counter?.id
    }

    /// What he may sell of an event: the tariffs of the card systems where the counter holds the permission, or which
    /// he administers. `nil` if he has nothing to do with it.
    func part(of event: EventTariffFacts, _ directory: Directory) -> EventTariffFacts? {
        let isOwn = counter.map { directory.organizes($0, event.event) } ?? false
        var part = event
        part.cardSystems.removeAll { !(isOwn && scope.atCounter.contains($0.id) || scope.administers($0.id)) }
        return isOwn || !part.cardSystems.isEmpty ? part : nil
    }
}

import CardRules
import JSONRPC

enum TariffStatic: Method {
    static let declaration = Declaration(
        "tariff.static", .reads, by: .staff(.tariffRead),
        "Tells what tickets of an event cost somebody with an opportunity status who lives in its region (TAR-11).",
        details: """
            Nobody is looked at, so limits and coupons do not count; conditions on age are those of an adult. Give one \
            or more regular prices, or none for those that the event lists.
            """,
        refusals: [
            .eventNotFound, .eventNotPublished, .eventUnavailable, .eventFree, .priceClassUnknown, .tariffNotAvailable,
        ])

    struct Params: Parameters {
        let event: EventID
        let prices: [Bounded<TicketPrice>]
        let classes: [String]
        let instant: Instant?

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The event's cdbid.")
            prices = reader.optional("regularPricesCents", default: [], "Regular prices, in cents; at most 50.")
            classes = reader.optional("priceClasses", default: [], "Or what the event calls them, in any language.")
            instant = reader.optional("at", "As of this instant; now if absent.")
            if prices.count + classes.count > 50 { reader.refuse("regularPricesCents", "are more than 50") }
        }

        var asked: [AskedPrice] { prices.map { .cents($0.value) } + classes.map(AskedPrice.priceClass) }
    }

    struct Result: ResultRecord {
        let prices: [StaticTariff]

        static let fields: [ResultField<Result>] = [
            .init("prices", "One for each regular price that has a tariff, in the order asked.") { $0.prices }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let instant = params.instant ?? call.now
        let found = try EventTariffs(of: [params.event], at: instant, now: call.now).load(for: call)
        guard let whole = found[params.event] else { throw Refusal(.eventNotFound, at: "/eventId") }
        guard let event = TicketSeller(call.scope, call.caller).part(of: whole, call.services.directory) else {
            throw RPCError(.permissionMissing)
        }
        var reasons = EventRules.usability(event.event, at: instant)
        if event.isFree { reasons.append(Reason(.eventFree, at: "/eventId")) }
        try reasons.refuse()
        let tariffs = try event.prices(params.asked).get().compactMap { price in
            event.staticTariff(regularPrice: price.cents, at: instant).map {
                StaticTariff(regularPrice: price.cents, priceClass: price.name, offer: $0)
            }
        }
        if tariffs.isEmpty { throw Refusal(.tariffNotAvailable) }
        return Result(prices: tariffs)
    }
}

/// The tariff that an event would have for somebody of its region.
struct StaticTariff: ResultRecord {
    let regularPrice: Int
    let priceClass: LocalizedText?
    let offer: TariffOffer

    static let fields: [ResultField<StaticTariff>] = [
        .init("regularPriceCents", "The regular price, in cents.") { $0.regularPrice },
        .init("priceClass", "What the event calls that price, if it is one of its own.") { $0.priceClass },
        .init("tariff", "The opportunity tariff, the cheapest of the card systems that the event takes.") { $0.offer },
    ]
}

extension EventTariffFacts {
    /// TAR-11: the cheapest tariff of somebody who has a status and lives where the organizer is, in each card system.
    fileprivate func staticTariff(regularPrice: Int, at instant: Instant) -> TariffOffer? {
        let today = Brussels.date(instant)
        let memberships = cardSystems.map {
            TicketBuyer.Membership(
                cardSystem: $0.id, isActive: true, opportunity: .active(endDate: today, inGracePeriod: false),
                municipality: $0.counter.municipality)
        }
        let buyer = TicketBuyer.person(TicketBuyer.Person(age: Age.majority, memberships: memberships))
        let facts = facts(of: buyer, use: .none) { _ in .none }
        if case .offered(let offer) = TariffRules.opportunity(facts, regularPrice: regularPrice, at: instant).outcome {
            return offer
        }
        return nil
    }
}

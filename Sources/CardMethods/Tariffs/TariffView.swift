import CardRules
import JSONRPC

extension TariffOffer.Kind: WordParameter {}
extension TariffFilter: WordParameter {}

extension TariffName: Described, ParameterValue, ResultValue {
    public static var schema: Schema { .string }
    public static var placeholder: TariffName { .opportunity }

    public init(parameter: JSON) throws(Unfit) {
        guard let name = parameter.string.flatMap(TariffName.init(text:)) else {
            throw Unfit("must be OPPORTUNITY, or COUPON_ and a number")
        }
        self = name
    }

    public func write(to writer: inout JSONWriter) { writer.string(text) }
}

extension TariffOffer: ResultRecord {
    public static let fields: [ResultField<TariffOffer>] = [
        .init("tariffId", "`OPPORTUNITY`, or `COUPON_` and a number: what a sale names (TS-02).") { $0.tariff },
        .init("type", "Whose price it is.") { $0.kind },
        .init("name", "What it is called: the distribution key, or the coupon.") { $0.name },
        .init("priceCents", "What the holder pays, in cents.") { $0.price },
        .init("remaining", "Tickets that can be taken of it at once; 1 for a person (TAR-03).") { $0.remaining },
        .init("cardSystemId", "Whose tariff or coupon it is.") { $0.cardSystem },
        .init("shares", "Who pays the rest of the regular price; they add up to the cent.") { $0.parts },
    ]
}

extension PayerPart: ResultRecord {
    public static let fields: [ResultField<PayerPart>] = [
        .init("payer", "Who pays.") { $0.payer },
        .init("id", "The counter, municipality or card system; absent for a partner.") { $0.whom },
        .init("cents", "How much, in cents.") { $0.cents },
    ]
}

extension RuleTried.Name: WordParameter {}
extension LimitUse.Name: WordParameter {}

extension LimitUse: ResultRecord {
    public static let fields: [ResultField<LimitUse>] = [
        .init("limit", "Whose limit it is.") { $0.name },
        .init("volume", "Tickets in one period.") { $0.volume },
        .init("period", "A calendar period.") { $0.period },
        .init("used", "Taken in the current one.") { $0.used },
    ]
}

/// A rule that was tried, and what it said.
struct RuleTriedView: ResultRecord {
    let rule: RuleTried
    let instant: Instant

    static let fields: [ResultField<RuleTriedView>] = [
        .init("rule", "What it is about.") { $0.rule.name },
        .init("holds", "Whether it speaks for the tariff.") { $0.rule.holds },
        .init("cardSystemId", "The card system that it was tried in.") { $0.rule.cardSystem },
        .init("distributionKeyTermId", "The term of the key whose rule it is.") { $0.rule.key },
        .init("couponId", "The coupon whose rule it is.") { $0.rule.coupon },
        .init("limit", "The limit, and what is used of it.") { $0.rule.limit },
        .init("nextPossibleAt", "When it may hold; absent where that is never or unknown.") { $0.rule.nextPossibleAt },
        .init("text", "For people.") { $0.rule.text(at: $0.instant) },
    ]
}

/// What tickets of one regular price cost somebody.
struct PriceTariffs: ResultRecord {
    let regularPrice: Int
    let priceClass: LocalizedText?
    let isOffList: Bool
    let answer: TariffAnswer
    let instant: Instant
    let isExplained: Bool

    static let fields: [ResultField<PriceTariffs>] = [
        .init("regularPriceCents", "The regular price, in cents.") { $0.regularPrice },
        .init("priceClass", "What the event calls that price, if it is one of its own.") { $0.priceClass },
        .init("isOffList", "The event lists no such price; a sale at it is flagged.") { $0.isOffList },
        .init("available", "The opportunity tariff first, then coupons by name (R-123).") { $0.answer.available },
        .init("reached", "Tariffs of which a limit is reached (R-120).") { $0.answer.reached },
        .init("lowestAvailableCents", "The lowest price that can be had; absent if there is none (R-124).") {
            $0.answer.lowestAvailable
        },
        .init("messages", "What to show with it (GEN-06).") { $0.answer.messages },
        .init("rulesTried", "Everything that was looked at, if `explain` was asked.") { view in
            view.isExplained
                ? view.answer.tried.map { RuleTriedView(rule: $0, instant: view.instant) } as [RuleTriedView]? : nil
        },
    ]
}

/// The answer of `tariff.compute`.
struct TariffReply: ResultRecord {
    let event: EventID
    let isFree: Bool
    let prices: [PriceTariffs]
    let instant: Instant

    static let fields: [ResultField<TariffReply>] = [
        .init("eventId", "The cdbid.") { $0.event },
        .init("isFree", "The event has no base price above 0, so nothing is sold for it (R-100).") { $0.isFree },
        .init("at", "The instant that it is told for.") { $0.instant },
        .init("prices", "One for each regular price, in the order asked, else in the event's.") { $0.prices },
        .init("maximumReached", "There are tariffs, and a limit is reached of each (R-125).") { $0.isMaximumReached },
        .init("hasChoice", "There is something to choose: several prices or several tariffs (R-126).") { reply in
            TariffRules.hasChoice(
                prices: reply.prices.count,
                availableTariffs: Set(reply.prices.flatMap { $0.answer.available.map(\.tariff) }).count)
        },
    ]

    private var isMaximumReached: Bool {
        let answers = prices.map(\.answer)
        return answers.allSatisfy(\.available.isEmpty) && answers.contains { !$0.reached.isEmpty }
    }
}

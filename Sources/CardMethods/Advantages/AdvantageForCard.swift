import CardRules
import JSONRPC
import Postgres

/// An advantage, and whether a person can take it now.
struct OfferedAdvantage: ResultRecord {
    let advantage: AdvantageRecord
    let reasons: [Reason]
    let mayLike: Bool

    static let fields: [ResultField<OfferedAdvantage>] = [
        .init("advantage", "What there is.") { $0.advantage },
        .init("takeable", "Whether it can be taken now.") { $0.reasons.isEmpty },
        .init("reasons", "Everything that is against it.") { $0.reasons.map(ReasonView.init) },
        .init(
            "mayLike", "It is like what the person took before, for the children that he has, or else put in the light."
        ) { $0.mayLike },
    ]
}

/// What a person can take: welcomes first, then by points.
struct OfferedAdvantages: ResultRecord {
    let points: Int
    let items: [OfferedAdvantage]
    let nextCursor: PageCursor?

    static let fields: [ResultField<OfferedAdvantages>] = [
        .init("points", "The person's balance, in points; negative while something is owed.") { $0.points },
        .init("items", "The advantages of this page, by points: welcomes, which cost none, come first.") { $0.items },
        .init("nextCursor", "Give it as `cursor` for the next page; absent on the last one.") { $0.nextCursor },
    ]
}

enum AdvantageForCard: Method {
    static let declaration = Declaration(
        "advantage.forCard", .reads, by: [.counter(.advantageRedeem)],
        "Tells what a card's holder can take now at the chosen counter, and why not (R-144, R-146, S20).",
        details: "Welcomes that are due come first. What is not for this person, as it is for others' residents, "
            + "members or newcomers, is not shown.",
        refusals: [
            .cardNotFound, .cardGroupPass, .cardBlocked, .cardNotActive, .passHolderBlocked, .membershipNoneActive,
        ])

    struct Params: Parameters {
        let card: CardNameParams
        let offer: OfferParams

        init(from reader: inout ParameterReader) {
            card = CardNameParams(from: &reader)
            offer = OfferParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> OfferedAdvantages {
        guard let counter = call.caller.counter?.id else { throw RPCError(.permissionMissing) }
        return try call.offered(params.offer, toHolderOf: params.card, at: counter, in: call.scope.atCounter)
    }
}

/// Which of the advantages for a person are asked.
struct OfferParams: Sendable {
    let onlyTakeable: Bool
    let onlyLiked: Bool
    let extraPoints: Int
    let page: PageRequest

    /// The first of what can be taken now.
    static let takeable = OfferParams(onlyTakeable: true, onlyLiked: false, extraPoints: 0, page: .first)

    private init(onlyTakeable: Bool, onlyLiked: Bool, extraPoints: Int, page: PageRequest) {
        (self.onlyTakeable, self.onlyLiked) = (onlyTakeable, onlyLiked)
        (self.extraPoints, self.page) = (extraPoints, page)
    }

    init(from reader: inout ParameterReader) {
        onlyTakeable = reader.optional(
            "onlyTakeable", default: false, "Whether to leave out what cannot be taken now.")
        onlyLiked = reader.optional(
            "onlyMayLike", default: false, "Whether to leave out what the person may not like (ADV-20).")
        extraPoints = reader.extraPoints()
        page = PageRequest(from: &reader)
    }
}

extension Call {
    /// The advantages that are for a card's holder at a counter.
    ///
    /// - Parameter here: The card systems in which the counter may give them.
    func offered(
        _ params: OfferParams, toHolderOf card: CardNameParams, at counter: CounterID, in here: Set<CardSystemID>
    ) throws -> OfferedAdvantages {
        let everywhere = CardSystemID.nil
        let places: [ID<Never>] =
            [ID(high: counter.high, low: counter.low)]
            + (here.sorted() + [everywhere]).map { ID(high: $0.high, low: $0.low) }
        return try asPlatform {
            let source = AdvantageTaker.of(card: card.condition)
            guard let taker = try AdvantageTaker(source, on: Brussels.date(now), in: transaction) else {
                throw Refusal(.cardNotFound, at: card.pointer)
            }
            return try offered(
                params, to: taker, .counter(counter, cardSystems: here), where: ["a.places && \(places)"],
                pointer: card.pointer)
        }
    }

    /// The advantages that are for a person. The transaction must work as the platform.
    func offered(
        _ params: OfferParams, to taker: AdvantageTaker, _ place: RedemptionFacts.Place, where here: [SQL],
        pointer: String
    ) throws -> OfferedAdvantages {
        try AdvantageRules.reasonsAgainst(card: taker.card, holder: taker.holder).map { reason in
            var reason = reason
            reason.pointer = pointer
            return reason
        }.refuse()
        guard taker.holder != nil else { throw Refusal(.membershipNoneActive, at: pointer) }
        let today = Brussels.date(now)
        let affordable = params.onlyTakeable ? taker.affordable(extraPoints: params.extraPoints) : []
        let listing = AdvantageListing(
            conditions: here + taker.candidates(on: today) + affordable,
            order: AdvantageOrder(sort: [AdvantageSort(.points), AdvantageSort(.title)]), page: params.page,
            today: today)
        let (items, nextCursor) = try listing.items(in: transaction) { rows -> [OfferedAdvantage?] in
            let facts = try taker.facts(of: rows, at: now, place, in: transaction)
            return try zip(rows, facts).map { row, facts in
                let reasons = AdvantageRules.reasons(facts, at: now, extraPoints: params.extraPoints)
                let advantage = try AdvantageRecord(row: row, today: today).forOthers
                let mayLike = taker.taste.likes(advantage.draft.traits)
                guard AdvantageRules.isShown(despite: reasons), !params.onlyTakeable || reasons.isEmpty,
                    !params.onlyLiked || mayLike
                else { return nil }
                return OfferedAdvantage(advantage: advantage, reasons: reasons, mayLike: mayLike)
            }
        }
        let points = (taker.holder?.balance ?? 0) - (taker.holder?.pointsOwed ?? 0)
        return OfferedAdvantages(points: points, items: items, nextCursor: nextCursor)
    }
}

import CardRules
import JSONRPC
import Postgres

enum AdvantageList: Method {
    static let declaration = Declaration(
        "advantage.list", .reads,
        by: [
            .counter(.advantageRead), .counter(.advantageWrite), .cardSystemAdministrator, .municipalityAdministrator,
            .operator,
        ],
        "Lists the advantages of own card systems, and those that may be taken there (ADV-17, ADV-18, ADV-20).",
        details: "With `passHolderId` those only that this person can take now, somewhere, or that he may like; for "
            + "staff with the right to (ADV-20). A `total` is not told then.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let subset: AdvantageSubset
        let holder: PassHolderID?
        let interest: AdvantageInterest
        let extraPoints: Int
        let search: AdvantageSearch

        init(from reader: inout ParameterReader) {
            subset = reader.optional("subset", default: .published, "Which there are, before any filter (ADV-17).")
            holder = reader.optional("passHolderId", "Only those that are for this person now.")
            interest = reader.optional(
                "interest", default: .takeable,
                "Which are: `takeable` with the points that he has, or what he `mayLike`, even if points lack.")
            extraPoints = reader.extraPoints()
            search = AdvantageSearch(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantagePage {
        let today = Brussels.date(call.now)
        let seen = [call.isSeen, params.subset.condition(on: today)]
        if let holder = params.holder {
            try call.require(call.mayNarrow)
            if try call.transaction.first("select where \(fragment: call.isOwn(holder: "\(holder)"))") == nil {
                throw Refusal(.passHolderNotFound, at: "/passHolderId")
            }
        }
        let page = try call.asPlatform {
            guard let holder = params.holder else { return try call.advantages(params.search, where: seen) }
            return try narrowed(params, to: holder, where: seen, in: call)
        }
        return AdvantagePage(
            items: page.items.map { $0.shown(to: call) }, nextCursor: page.nextCursor, total: page.total,
            facets: page.facets)
    }

    /// ADV-20, R-150: what the rules let a person take, with as many points more as he is asked to imagine; or what of
    /// it he may like, were it not for the points.
    private static func narrowed(
        _ params: Params, to holder: PassHolderID, where seen: [SQL], in call: Call
    ) throws -> AdvantagePage {
        let today = Brussels.date(call.now)
        guard let taker = try AdvantageTaker(AdvantageTaker.of(holder), on: today, in: call.transaction) else {
            throw Refusal(.passHolderNotFound, at: "/passHolderId")
        }
        let affordable = params.interest == .takeable ? taker.affordable(extraPoints: params.extraPoints) : []
        let others = seen + taker.candidates(on: today) + affordable
        let listing = AdvantageListing(
            conditions: params.search.conditions.map(\.condition) + others, order: params.search.order,
            page: params.search.page, today: today)
        let (items, nextCursor) = try listing.items(in: call.transaction) { rows -> [AdvantageRecord?] in
            let facts = try taker.facts(of: rows, at: call.now, .anywhere, in: call.transaction)
            return try zip(rows, facts).map { row, facts in
                let reasons = AdvantageRules.reasons(facts, at: call.now, extraPoints: params.extraPoints)
                let advantage = try AdvantageRecord(row: row, today: today)
                return params.interest.fits(advantage, taker.taste, despite: reasons) ? advantage : nil
            }
        }
        return AdvantagePage(
            items: items, nextCursor: nextCursor, total: nil,
            facets: try call.facets(params.search, where: others))
    }
}

/// What a list of advantages is narrowed to for a person (ADV-20).
enum AdvantageInterest: String, WordParameter {
    case takeable, mayLike

    fileprivate func fits(_ advantage: AdvantageRecord, _ taste: AdvantageTaste, despite reasons: [Reason]) -> Bool {
        switch self {
        case .takeable: reasons.isEmpty
        case .mayLike: reasons.allSatisfy { $0.kind == .pointsInsufficient } && taste.likes(advantage.draft.traits)
        }
    }
}

extension Call {
    /// Own ones, and active ones that may be taken in own card systems.
    fileprivate var isSeen: SQL {
        if scope.isOperator { return "true" }
        let own = scope.cardSystems.sorted()
        return """
            (a.card_system_id = any (\(own)) or a.status = 'active'
                and (a.all_card_systems or a.card_system_ids && \(own)))
            """
    }

    /// ADV-20: administrators of a card system, and staff with a permission of its own.
    fileprivate var mayNarrow: Bool {
        if scope.isOperator || !scope.administered.isEmpty { return true }
        return scope.atCounter.contains {
            caller.counter?.permissions[$0]?.contains(.advantageForHolder) == true
        }
    }
}

extension ParameterReader {
    /// R-150: what if he had so many points more?
    mutating func extraPoints() -> Int {
        let points: Int = optional("extraPoints", default: 0, "What if the person had so many points more (R-150)?")
        if !(0...1_000_000).contains(points) { refuse("extraPoints", "must lie between 0 and 1000000") }
        return points
    }
}

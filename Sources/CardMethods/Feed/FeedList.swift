import CardRules
import JSONRPC
import Postgres

enum FeedList: Method {
    static let declaration = Declaration(
        "feed.list", .reads, by: .staff(.feedRead),
        "Lists what changed in a card system, in the order in which it was done.",
        details:
            "Go on from `nextAfter` until `isCaughtUp`; `feed.subscribe` then sends what comes. Nothing is told of "
            + "what was refused or only looked at. The feed reaches back as far as the audit trail.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let after: FeedPlace
        let limit: Int

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose changes.")
            after = reader.optional("after", default: FeedPlace(0), "The `nextAfter` of the page before; 0 if absent.")
            let limit: PageLimit = reader.optional(
                "limit", default: PageLimit(count: 100), "How many at most, 100 if absent.")
            self.limit = limit.count
        }
    }

    static func run(_ params: Params, in call: Call) throws -> FeedPage {
        _ = try call.feedHead(of: params.cardSystem, after: params.after.sequence)
        return try FeedPage(
            of: params.cardSystem, after: params.after.sequence, limit: params.limit, in: call.transaction)
    }
}

/// A place in a feed.
struct FeedPlace: ParameterValue {
    let sequence: Int64

    static var schema: Schema { .integer(0...9_007_199_254_740_991) }
    static var placeholder: FeedPlace { FeedPlace(0) }

    init(_ sequence: Int64) { self.sequence = sequence }

    init(parameter: JSON) throws(Unfit) {
        guard let sequence = parameter.integer, (0...9_007_199_254_740_991).contains(sequence) else {
            throw Unfit("must be the nextAfter of a page")
        }
        self.sequence = sequence
    }
}

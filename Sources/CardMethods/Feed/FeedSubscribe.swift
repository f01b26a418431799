import CardRules
import JSONRPC
import Postgres

enum FeedSubscribe: PreparedMethod {
    static let declaration = Declaration(
        "feed.subscribe", .session, by: .staff(.feedRead),
        "Sends `feed.changed` with what changes in a card system, in its order and without a gap.",
        details:
            "The parameters of the notification are a page of `feed.list`; its `after` is the `nextAfter` of the one "
            + "before. Whoever comes back gives the last as `after` and is sent what was missed. `feed.ended` is sent if "
            + "the right to it ends; else it ends with the connection, or with `feed.unsubscribe`.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let after: FeedPlace?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose changes.")
            after = reader.optional("after", "Where to go on; from now on if absent.")
        }
    }

    struct Result: ResultRecord {
        let cardSystem: CardSystemID
        let after: Int64

        static let fields: [ResultField<Result>] = [
            .init("cardSystemId", "Whose changes are told.") { $0.cardSystem },
            .init("after", "The place that the first notification comes after.") { Int($0.after) },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        guard prelude.peer.push != nil else { throw RPCError.invalid("a subscription needs a connection that stays") }
        return try await prelude.perform { call in
            let head = try call.feedHead(of: params.cardSystem, after: params.after?.sequence)
            let after = params.after?.sequence ?? head
            prelude.peer.answerPings()
            prelude.services.feeds.add(prelude.peer, call.caller, to: params.cardSystem, after: after)
            return Result(cardSystem: params.cardSystem, after: after)
        }
    }
}

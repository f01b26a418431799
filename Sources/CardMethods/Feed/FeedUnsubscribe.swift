import CardRules
import JSONRPC

enum FeedUnsubscribe: PreparedMethod {
    static let declaration = Declaration(
        "feed.unsubscribe", .session, by: .staff(.feedRead),
        "Ends the connection's subscription to the changes of a card system, if there is one.")

    struct Params: Parameters {
        let cardSystem: CardSystemID
        init(from reader: inout ParameterReader) { cardSystem = reader.required("cardSystemId", "Whose changes.") }
    }

    typealias Result = Done

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        prelude.services.feeds.remove(prelude.peer, from: params.cardSystem)
        return Answer(Done())
    }
}

import CardRules
import JSONRPC

/// An advantage that somebody wants to take.
struct RedemptionRequest: Sendable {
    /// Who wants it.
    enum Taker: Sendable, Hashable {
        /// Whose card this is.
        case card(CardName)
        /// The caller, or somebody of his family; the card goes with it, if there is one.
        case holder(PassHolderID, CardNumber?)
        /// Nobody whom the caller may act for.
        case nobody(Reason)
    }

    let advantage: AdvantageID
    let taker: Taker
    let place: RedemptionFacts.Place
}

/// What taking an advantage gave: the counter, or the holder's own screen, shows it.
struct RedemptionReceipt: ResultRecord {
    let id: RedemptionID
    let advantage: AdvantageEntry
    let holder: PassHolderID
    let cardNumber: String?
    let points: Int
    let totalPoints: Int
    let redeemedAt: Instant
    let code: String?

    static let fields: [ResultField<RedemptionReceipt>] = [
        .init("id", "The redemption's own id.") { $0.id },
        .init("advantageId", "What was taken.") { $0.advantage.id },
        .init("title", "What it is called.") { $0.advantage.title },
        .init("type", "`welcome` or `exchange`.") { $0.advantage.terms.type.rawValue },
        .init("passHolderId", "Who took it.") { $0.holder },
        .init("cardNumber", "The card that was used.") { $0.cardNumber },
        .init("points", "What it cost, in points; 0 for a welcome.") { $0.points },
        .init("totalPoints", "The balance now, in points.") { $0.totalPoints },
        .init("redeemedAt", "When, by business time.") { $0.redeemedAt },
        .init("code", "The code that belongs to this redemption alone (ADV-12).") { $0.code },
        .init("redeemText", "What to do with it.") { $0.advantage.redeemText },
        .init("redeemLink", "Where to go with it.") { $0.advantage.redeemLink },
        .init("redeemLabel", "What the link is called.") { $0.advantage.redeemLabel },
    ]
}

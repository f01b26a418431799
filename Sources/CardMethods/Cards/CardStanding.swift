import CardRules
import JSONRPC
import Postgres

/// A card that is blocked, unblocked or done with, and why.
struct CardStandingParams: Parameters {
    let number: CardNumber
    let reason: String

    init(from reader: inout ParameterReader) {
        number = reader.required("cardNumber", "The 13 digits on the card.")
        reason = reader.required("reason", "Why, such as lost or stolen; stays in the audit trail.")
    }
}

extension Call {
    /// Takes a step with one card, and tells how it stands then.
    func take(_ step: CardStep, with params: CardStandingParams) throws -> CardRecord {
        guard let card = try lockedCard(params.number) else { throw Refusal(.cardNotFound, at: "/cardNumber") }
        try require(serves(card.cardSystem))
        audit.cardSystem = card.cardSystem
        audit.object(card.id)
        audit.told.append(("status", .string(step.to.rawValue)))
        audit.facts.append(("reason", params.reason))
        try card.facts.reasons(against: step, at: boundCounter(in: card.cardSystem), pointer: "/cardNumber").refuse()
        try transaction.execute(
            taking(step, with: "c.id = \(card.id)", counter: .at(caller.counter?.id), reason: params.reason))
        return try self.card(card.id)
    }
}

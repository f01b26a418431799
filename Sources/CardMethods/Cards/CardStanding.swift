import CardRules
import JSONRPC
import Postgres

/// A card that is blocked or unblocked, and why.
struct CardStandingParams: Parameters {
    let number: CardNumber
    let reason: String

    init(from reader: inout ParameterReader) {
        number = reader.required("cardNumber", "The 13 digits on the card.")
        reason = reader.required("reason", "Why, such as lost or stolen; stays in the audit trail.")
    }
}

extension Call {
    /// Takes a step with a card in the hands of its holder, and tells how it stands then.
    func take(_ step: CardStep, with params: CardStandingParams) throws -> CardRecord {
        guard let card = try lockedCard(params.number) else { throw Refusal(.cardNotFound, at: "/cardNumber") }
        try require(serves(card.cardSystem))
        audit.cardSystem = card.cardSystem
        audit.object(card.id)
        audit.told.append(("status", .string(step.transition.to.rawValue)))
        audit.facts.append(("reason", params.reason))
        try card.facts.reasons(against: step, at: nil, pointer: "/cardNumber").refuse()
        try transaction.execute(
            """
            update card set status = \(step.transition.to), changed_at = \(now), version = version + 1
            where id = \(card.id)
            """)
        let row = try transaction.query("select \(fragment: CardRecord.columns) from card c where c.id = \(card.id)")[0]
        return try CardRecord(row: row)
    }
}

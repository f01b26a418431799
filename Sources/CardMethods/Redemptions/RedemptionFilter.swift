import CardRules
import JSONRPC
import Postgres

/// Which redemptions are asked for (S13).
struct RedemptionFilter: Sendable {
    let cardSystem: CardSystemID?
    let type: AdvantageType?
    let advantage: AdvantageID?
    let counter: CounterID?
    let municipality: MunicipalityID?
    let holder: PassHolderID?
    let card: CardNumber?
    let from: Instant?
    let until: Instant?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Taken in this card system.")
        type = reader.optional("type", "Welcome or exchange advantages only.")
        advantage = reader.optional("advantageId", "Of this advantage.")
        counter = reader.optional("counterId", "Given by this counter.")
        municipality = reader.optional("municipalityId", "Of advantages that this municipality offers.")
        holder = reader.optional("passHolderId", "Of this pass holder; or give `cardNumber`.")
        card = reader.optional("cardNumber", "Of the pass holder whose card this is (ADV-19).")
        from = reader.optional("from", "Taken at this instant or later.")
        until = reader.optional("until", "Taken before this instant.")
        if holder != nil, card != nil { reader.refuse("cardNumber", "give either cardNumber or passHolderId") }
        if let from, let until, from >= until { reader.refuse("until", "must be after from") }
    }

    /// Of `redemption r` and `advantage a`; a card is named by the tables themselves.
    var conditions: [SQL] {
        [
            cardSystem.map { "r.card_system_id = \($0)" }, type.map { "a.type = \($0.rawValue)" },
            advantage.map { "r.advantage_id = \($0)" }, counter.map { "r.counter_id = \($0)" },
            municipality.map { "a.municipality_id = \($0)" }, holder.map { "r.holder_id = \($0)" },
            card.map { "r.holder_id = (select c.holder_id from card c where c.number = \($0))" },
            from.map { "r.redeemed_at >= \($0)" }, until.map { "r.redeemed_at < \($0)" },
        ].compactMap { $0 as SQL? }
    }

    var isOfPerson: Bool { holder != nil || card != nil }

    /// What a caller may see of it: of a person who is named, all that was taken where the counter works.
    func conditions(for call: Call) -> [SQL] {
        conditions + [isOfPerson ? RedemptionScope.served(call) : RedemptionScope.own(call)]
    }
}

import CardRules
import JSONRPC
import Postgres

/// What the rules must know before somebody is registered, and the card that is handed out.
struct RegistrationReading {
    let facts: RegistrationFacts
    /// The card whose number is given, locked if it is of the caller's card systems.
    let card: CardRecord?
    private let claim: INSZClaim

    init(_ params: PassHolderRegister.Params, in call: Call) throws {
        let request = params.person.request
        let issue = try IssueReading(
            cardSystem: params.cardSystem, counter: params.counter, card: request.card, in: call)
        card = issue.card
        claim = try INSZClaim(request.insz, in: call)
        if let other = claim.holder { call.noteRead(.status, of: other) }
        facts = RegistrationFacts(
            permissions: issue.facts.permissions, cardSystem: params.cardSystem,
            cardSystemPostalCodes: issue.facts.cardSystemPostalCodes, counter: issue.facts.counter,
            counterPostalCodes: issue.facts.counterPostalCodes, card: issue.facts.card,
            isINSZTaken: claim.holder != nil, municipalities: try call.municipalityFacts(of: [params.cardSystem]))
    }

    /// Of a registration without a counter: what any counter may do, and no card.
    init(online cardSystem: CardSystemID, _ person: PersonParams, in call: Call) throws {
        card = nil
        claim = try INSZClaim(person.request.insz, in: call)
        facts = RegistrationFacts(
            permissions: [.passHolderRegister], cardSystem: cardSystem, cardSystemPostalCodes: [], counter: nil,
            counterPostalCodes: [], card: nil, isINSZTaken: claim.holder != nil,
            municipalities: try call.municipalityFacts(of: [cardSystem]))
    }

    /// Everything that is against it; who has the INSZ is told by his cards in own card systems, and by nothing else.
    func reasons(_ request: RegistrationRequest, today: CivilDate) -> [Reason] {
        claim.explained(RegistrationRules.check(request, facts, today: today))
    }
}

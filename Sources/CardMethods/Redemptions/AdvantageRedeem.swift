import CardRules
import JSONRPC

enum AdvantageRedeem: BatchedMethod {
    static let declaration = Declaration(
        "advantage.redeem", .writes, by: [.counter(.advantageRedeem)],
        "Gives a card's holder an advantage, at the chosen counter (ADV-05 to ADV-12, ADV-14, ADV-15).",
        details: "Points, a unit and, if it has codes, one of them are taken together. The last one is given once.",
        refusals: [.cardNotFound, .cardGroupPass, .advantageNotAtCounter] + ruleRefusals)

    /// What the rules can say wherever an advantage is taken.
    static let ruleRefusals: [RefusalKind] = [
        .advantageNotFound, .advantageNotActive, .advantageOutsideExchangePeriod, .advantageSoldOut,
        .advantageCodesUsedUp, .advantageAlreadyTaken, .advantageNotGranted, .advantageOtherCardSystem,
        .advantageResidentsOnly, .cardBlocked, .cardNotActive, .passHolderBlocked, .membershipNoneActive, .limitReached,
        .pointsInsufficient,
    ]

    typealias Result = RedemptionReceipt
    typealias Work = RedemptionWork

    struct Params: Parameters {
        let advantage: AdvantageID
        let card: CardNameParams

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "What is taken.")
            card = CardNameParams(from: &reader)
        }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let call = try BatchCall(
            giving: params.advantage, to: params.card.name, BatchTicket(invocation, completion), invocation.scope)
        invocation.services.batches(of: Work.self).submit(call, from: invocation.peer)
    }
}

extension BatchCall<RedemptionRequest> {
    /// An advantage that is taken at the counter that the caller has chosen.
    init(giving advantage: AdvantageID, to card: CardName, _ ticket: BatchTicket, _ scope: Scope) throws(RPCError) {
        guard let counter = ticket.caller.counter, let cardSystem = scope.cardSystem(of: counter) else {
            throw RPCError(.permissionMissing)
        }
        self.init(
            ticket: ticket, cardSystem: cardSystem, others: scope.atCounter.subtracting([cardSystem]),
            request: RedemptionRequest(
                advantage: advantage, taker: .card(card), place: .counter(counter.id, cardSystems: scope.atCounter)))
    }
}

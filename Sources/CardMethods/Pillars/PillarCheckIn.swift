import CardRules
import JSONRPC

enum PillarCheckIn: BatchedMethod {
    static let declaration = Declaration(
        "pillar.checkIn", .writes, by: [.pillar],
        "Checks a card in for the event that the pillar shows (KIO-07, CHK-01 to CHK-05).",
        details: "Send the call again under the same key if no answer came: the point is given once.",
        refusals: CheckInCreate.ruleRefusals + [.pillarNotFound, .pillarNoEvent, .pillarEventNotAcceptable])

    typealias Result = CheckInReceipt
    typealias Work = CheckInWork

    struct Params: Parameters {
        let card: CardNameParams
        init(from reader: inout ParameterReader) { card = CardNameParams(from: &reader) }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        guard let pillar = invocation.caller.pillar else { throw RPCError(.permissionMissing) }
        let call = BatchCall(
            ticket: try BatchTicket(invocation, completion), cardSystem: pillar.cardSystem,
            request: CheckInRequest(card: .named(params.card.name), place: .pillar(pillar.id)))
        invocation.services.batches(of: Work.self).submit(call, from: invocation.peer)
    }
}

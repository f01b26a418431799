import CardRules
import JSONRPC

enum CheckInCreate: BatchedMethod {
    static let declaration = Declaration(
        "checkIn.create", .writes, by: [.counter(.checkInWrite)],
        "Checks a card in for an event, at the chosen counter (CHK-01 to CHK-05).",
        details: "The counter must be the event's organizer or location (PER-04).",
        refusals: ruleRefusals)

    /// What the rules of the check-in itself can say.
    static let ruleRefusals: [RefusalKind] = [
        .eventNotFound, .cardNotFound, .cardBlocked, .cardNotActive, .cardGroupPass, .passHolderBlocked,
        .membershipNoneActive, .eventNotPublished, .eventUnavailable, .checkInOutsideOpening, .eventNoFutureOpening,
        .limitReached,
    ]

    typealias Result = CheckInReceipt
    typealias Work = CheckInWork

    struct Params: Parameters {
        let event: EventID
        let card: CardNameParams

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The event's cdbid.")
            card = CardNameParams(from: &reader)
        }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let services = invocation.services
        guard let counter = invocation.caller.counter,
            let cardSystem = invocation.scope.cardSystem(of: counter)
        else { throw RPCError(.permissionMissing) }
        let call = BatchCall(
            ticket: try BatchTicket(invocation, completion), cardSystem: cardSystem,
            request: CheckInRequest(card: .named(params.card.name), place: .counter(counter.id, params.event)))
        let submit: @Sendable () throws -> Void = {
            if let event = services.directory.event(params.event) {
                guard services.directory.serves(counter.id, event.facts) else { throw RPCError(.permissionMissing) }
            }
            services.batches(of: Work.self).submit(call, from: invocation.peer)
        }
        if services.directory.event(params.event) != nil { return try submit() }
        // An event that is over is not in memory; nor is one that nobody knows.
        Task {
            do {
                try await services.directory.load(event: params.event)
                try submit()
            } catch {
                completion(.failure(error))
            }
        }
    }
}

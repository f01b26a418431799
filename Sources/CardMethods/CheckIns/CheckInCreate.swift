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

        init(event: EventID, card: CardNameParams) { (self.event, self.card) = (event, card) }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let services = invocation.services
        let call = try BatchCall(
            checkingIn: params.card.name, for: params.event, BatchTicket(invocation, completion), invocation.scope)
        let submit: @Sendable () throws -> Void = {
            try call.requireService(services.directory)
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

extension BatchCall<CheckInRequest> {
    /// A check-in at the counter that the caller has chosen.
    init(checkingIn card: CardName, for event: EventID, _ ticket: BatchTicket, _ scope: Scope) throws(RPCError) {
        guard let counter = ticket.caller.counter, let cardSystem = scope.cardSystem(of: counter) else {
            throw RPCError(.permissionMissing)
        }
        self.init(
            ticket: ticket, cardSystem: cardSystem,
            request: CheckInRequest(card: .named(card), place: .counter(counter.id, event)))
    }

    /// PER-04: a counter checks in for the events of which it is organizer or location. One that is not in memory is
    /// told about by the rules.
    func requireService(_ directory: Directory) throws(RPCError) {
        guard case .counter(let counter, let id) = request.place, let event = directory.event(id) else { return }
        if !directory.serves(counter, event.facts) { throw RPCError(.permissionMissing) }
    }
}

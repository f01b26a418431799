import CardRules
import JSONRPC
import Postgres

enum HolderCheckIn: BatchedMethod {
    static let declaration = Declaration(
        "holder.checkIn", .writes, by: [.holder],
        "Checks the caller, or somebody of his family, in with the code that an event shows (CHK-07, CHK-08, S23).",
        details: "Window and limits are those of every check-in. The card is the one that the person saves with: of "
            + "the oldest active membership. One call a person; of one source 20 a minute and 20 wrong codes an hour "
            + "are let in.",
        refusals: [
            .passHolderNotFound, .checkInCodeInvalid, .checkInCodeExpired, .cardNotFound, .cardBlocked, .cardNotActive,
            .passHolderBlocked, .membershipNoneActive, .eventNotPublished, .eventUnavailable, .checkInOutsideOpening,
            .limitReached,
        ])

    typealias Result = CheckInReceipt
    typealias Work = CheckInWork

    struct Params: Parameters {
        /// As it is kept: what was typed may have spaces and small letters.
        let code: String
        let holder: OwnHolderParams

        init(from reader: inout ParameterReader) {
            let typed: String = reader.required("code", "What the event's QR code says.")
            code = Base32.normalised(typed)
            holder = OwnHolderParams(from: &reader)
        }
    }

    static func submit(
        _ params: Params, _ invocation: Invocation,
        _ completion: @escaping @Sendable (Swift.Result<[UInt8], any Error>) -> Void
    ) throws {
        let (services, peer) = (invocation.services, invocation.peer)
        guard let caller = invocation.scope.holder else { throw RPCError(.permissionMissing) }
        let ticket = try BatchTicket(invocation, completion)
        try services.throttle.admit(.checkInCode, from: peer)
        // Event and card must be known before the batch begins, which decides by facts of its own.
        Task {
            do {
                let found = try await services.database.transaction { transaction in
                    try OwnCheckIn(of: params.holder.named ?? caller, by: caller, code: params.code, in: transaction)
                }
                if let event = found.event {
                    if services.directory.event(event) == nil { try await services.directory.load(event: event) }
                } else {
                    try await miss(invocation)
                }
                let call = BatchCall(
                    ticket: ticket, cardSystem: found.cardSystem,
                    request: CheckInRequest(card: found.card, place: .code(found.event)))
                services.batches(of: Work.self).submit(call, from: peer)
            } catch {
                completion(.failure(error))
            }
        }
    }

    private static func miss(_ invocation: Invocation) async throws {
        let (services, source) = (invocation.services, invocation.peer.source)
        services.throttle.missed(.checkInCode, from: invocation.peer)
        let event = SecurityEvent.checkInCodeWrong.note(
            from: source, account: invocation.caller.accountID, at: services.clock.realNow)
        try await services.database.transaction { _ = try $0.execute(event) }
    }
}

/// What a check-in by a pass holder is about: which event, with which card, in which card system.
struct OwnCheckIn: Sendable {
    /// `nil` for a code that no event has.
    let event: EventID?
    /// Of the oldest active membership with an active card, else one that tells what is against it.
    let card: CheckInRequest.Card
    /// Of the oldest active membership, one of the event's card systems first.
    let cardSystem: CardSystemID

    /// The transaction becomes the platform's.
    init(
        of holder: PassHolderID, by caller: PassHolderID, code: String, in transaction: Transaction
    ) throws {
        Sessions.becomePlatform(transaction)
        event = try transaction.first("select id from event where check_in_code = \(code)")?["id"]
        guard try OwnFamily.includes(holder, of: caller, in: transaction) else {
            (card, cardSystem) = (.missing(Reason(.passHolderNotFound, at: "/passHolderId")), .nil)
            return
        }
        let memberships = try transaction.query(
            """
            select m.card_system_id, m.status = 'active' as is_active, c.number,
                coalesce(m.status = 'active' and c.status = 'active', false) as is_usable,
                exists (select from event e join counter o on o.organizer_id = e.organizer_id
                    join counter_card_system k on k.counter_id = o.id
                    where e.id = \(event) and k.card_system_id = m.card_system_id) as is_of_event
            from membership m left join card c on c.id = m.current_card_id
            where m.holder_id = \(holder) order by m.since, m.id
            """)
        let number: CardNumber? = try (memberships.first { try $0["is_usable"] } ?? memberships.first)?["number"]
        card = number.map { .named(.number($0)) } ?? .missing(Reason(.cardNotFound))
        let active = try memberships.filter { try $0["is_active"] }
        let place = try active.first { try $0["is_of_event"] } ?? active.first ?? memberships.first
        cardSystem = try place?["card_system_id"] ?? .nil
    }
}

import CardRules
import JSONRPC
import Postgres

enum ScanLook: PreparedMethod {
    typealias Result = ScanView

    static let declaration = Declaration(
        "scan.look", .reads, by: [.counter(.passRead)],
        "Tells what a till shows after a scan: the pass, its check-in, what tickets cost, what can be taken (S20).",
        details: """
            Changes nothing. The parts are what `pass.lookUp`, `checkIn.status`, `tariff.compute` and \
            `advantage.forCard` tell; without an event there are no check-in and no tariffs, and what the counter may \
            not do, alone or at this event, is absent.
            """,
        refusals: [.eventNotFound, .cardNotFound, .cardBlocked, .cardNotActive, .passHolderBlocked])

    struct Params: Parameters {
        let card: CardNameParams
        let event: EventID?

        init(from reader: inout ParameterReader) {
            card = CardNameParams(from: &reader)
            event = reader.optional("eventId", "The event that the till is at; its cdbid.")
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let ticket = try BatchTicket(prelude.invocation) { _ in }
        try await prelude.services.directory.know(params.event)
        return try await prelude.perform { try $0.look(params, ticket) }
    }
}

/// What a till shows after a scan.
struct ScanView: ResultRecord {
    let pass: PassView
    let isCheckInAutomatic: Bool
    let checkIn: CheckInStatus.Result?
    let tariffs: Swift.Result<WrittenResult<TariffReply>, Refusal>?
    let advantages: Swift.Result<OfferedAdvantages, Refusal>?

    static let fields: [ResultField<ScanView>] = [
        .init("pass", "As `pass.lookUp` tells it.") { $0.pass },
        .init("automaticCheckIn", "Whether `scan.act` without actions checks in here.") { $0.isCheckInAutomatic },
        .init("checkIn", "Whether the card could be checked in now.") { $0.checkIn },
        .init("tariffs", "What the event's tickets cost, as `tariff.compute` tells it.") { try? $0.tariffs?.get() },
        .init("tariffReasons", "Why there are none.") { $0.tariffs?.reasons },
        .init("advantages", "Welcomes that are due and what can be exchanged now: the first of `advantage.forCard`.") {
            try? $0.advantages?.get()
        },
        .init("advantageReasons", "Why there are none.") { $0.advantages?.reasons },
    ]
}

extension Swift.Result where Failure == Refusal {
    fileprivate var reasons: [ReasonView]? {
        if case .failure(let refusal) = self { refusal.reasons.map(ReasonView.init) } else { nil }
    }
}

extension Call {
    fileprivate func look(_ params: ScanLook.Params, _ ticket: BatchTicket) throws -> ScanView {
        guard let counter = caller.counter?.id else { throw RPCError(.permissionMissing) }
        let event = params.event.flatMap(services.directory.event)
        let isUnknown = params.event != nil && event == nil
        let unknown = isUnknown ? [Reason(.eventNotFound, at: "/eventId")] : []
        let pass: PassView
        do {
            pass = try self.pass(
                where: params.card.condition, by: params.card.chip == nil ? .cardNumber : .chipNumber,
                pointer: params.card.pointer)
        } catch let refusal as Refusal { throw Refusal(unknown + refusal.reasons)! }
        try unknown.refuse()
        let setting = try transaction.query("select automatic_check_in from counter where id = \(counter)")
        return ScanView(
            pass: pass, isCheckInAutomatic: try setting[0][0],
            checkIn: try event.flatMap { try checkIn(params.card, $0, counter) },
            tariffs: try params.event.flatMap { try tariffs(params.card, $0, ticket) },
            advantages: try advantages(params.card, counter))
    }

    private func checkIn(
        _ card: CardNameParams, _ event: DirectoryState.EventEntry, _ counter: CounterID
    ) throws -> CheckInStatus.Result? {
        guard caller.scope(holding: .checkInWrite) != nil, services.directory.serves(counter, event.facts) else {
            return nil
        }
        return try CheckInStatus.run(CheckInCreate.Params(event: event.facts.id, card: card), in: self)
    }

    /// `nil` where the counter does not sell the event's tickets.
    private func tariffs(
        _ card: CardNameParams, _ event: EventID, _ ticket: BatchTicket
    ) throws -> Result<WrittenResult<TariffReply>, Refusal>? {
        guard let scope = caller.scope(holding: .tariffRead) else { return nil }
        let request = TariffRequest(
            line: TicketUses.Line(card: card.name, event: event), cardPointer: card.pointer, asked: [], filter: .any,
            isExplained: false, instant: nil, seller: TicketSeller(scope, caller))
        let question = BatchCall(ticket: ticket, cardSystem: caller.home, request: request)
        do {
            return try asPlatform { try alone(TariffWork.self, question) }.map { WrittenResult($0.reply) }
        } catch let error as RPCError where error == RPCError(.permissionMissing) { return nil }
    }

    private func advantages(
        _ card: CardNameParams, _ counter: CounterID
    ) throws -> Result<OfferedAdvantages, Refusal>? {
        guard let scope = caller.scope(holding: .advantageRedeem) else { return nil }
        do { return .success(try offered(.takeable, toHolderOf: card, at: counter, in: scope.atCounter)) } catch let
            refusal as Refusal
        { return .failure(refusal) }
    }
}

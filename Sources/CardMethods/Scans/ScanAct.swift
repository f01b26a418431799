import CardRules
import JSONRPC
import Postgres

enum ScanAct: PreparedMethod {
    typealias Result = ScanReceipt

    static let declaration = Declaration(
        "scan.act", .writes,
        by: [.counter(.checkInWrite), .counter(.ticketSaleRegister), .counter(.advantageRedeem)],
        "Does several things with one card, in the order given: check in, sell, give an advantage.",
        details: """
            With `atomic` everything is done or nothing, and a refusal tells what is against each action that failed; \
            else each action has its own outcome. Later actions see what earlier ones did. Each needs the permission \
            that it needs alone, and what it makes is found, cancelled and corrected as if it had been. Without \
            actions the card is checked in, if the counter's `automaticCheckIn` is set and it can be.
            """,
        refusals: [CheckInCreate.declaration, TicketSaleRegister.declaration, AdvantageRedeem.declaration]
            .flatMap(\.refusals).reduce(into: []) { if !$0.contains($1) { $0.append($1) } })

    struct Params: Parameters {
        let card: CardNameParams
        let event: EventID?
        let actions: [ScanAction]
        let isAtomic: Bool

        init(from reader: inout ParameterReader) {
            card = CardNameParams(from: &reader)
            event = reader.optional("eventId", "The event's cdbid; to check in and to sell.")
            let asked: [ScanActionParams] = reader.optional(
                "actions", default: [], "What is done, in this order; at most \(ScanRules.maximumActions).")
            isAtomic = reader.required("atomic", "Everything or nothing; `false` for an outcome of each action.")
            if asked.count > ScanRules.maximumActions {
                reader.refuse("actions", "are more than \(ScanRules.maximumActions)")
            }
            if event == nil, asked.contains(where: { $0.kind != .redeem }) {
                reader.refuse("eventId", "is missing: to check in and to sell")
            }
            guard reader.problems.isEmpty else {
                actions = []
                return
            }
            actions = asked.compactMap { [card, event] in $0.action(card, event) }
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let ticket = try BatchTicket(prelude.invocation) { _ in }
        let directory = prelude.services.directory
        for attempt in 1... {
            try await directory.know(params.event)
            do {
                return try await prelude.perform { try ScanRun(params, ticket, $0).act() }
            } catch is OutdatedMemory {
                try await directory.reload()
            } catch let error as PostgresError where error.violatedConstraint != nil && attempt <= 20 {
                // Somebody else made an account of the ledger that we were about to make: now it is there.
            }
        }
        fatalError("The loop ends by returning or throwing.")
    }
}

extension Directory {
    /// Looks an event up that is not in memory: one that is over, or that nobody knows.
    func know(_ event: EventID?) async throws {
        if let event, self.event(event) == nil { try await load(event: event) }
    }
}

extension Caller {
    /// Where the chosen counter may do what a permission allows; `nil` if nowhere.
    func scope(holding permission: Permission) -> Scope? { Access([.counter(permission)]).scope(of: self) }
}

/// What came of a scan's actions.
struct ScanReceipt: ResultRecord {
    let actions: [ScanOutcome]

    static let fields: [ResultField<ScanReceipt>] = [
        .init("actions", "What came of each, in the order asked; of the counter's own check-in if none was.") {
            $0.actions
        }
    ]
}

/// What came of one action.
struct ScanOutcome: ResultRecord {
    enum Status: String, WordParameter { case done, refused }

    let kind: ScanAction.Kind
    let result: Swift.Result<DoneAlone, Refusal>

    private func reply<Value>(of kind: ScanAction.Kind, _: Value.Type) -> WrittenResult<Value>? {
        guard self.kind == kind, case .success(let done) = result else { return nil }
        return WrittenResult(done.reply)
    }

    var refusal: Refusal? { if case .failure(let refusal) = result { refusal } else { nil } }

    static let fields: [ResultField<ScanOutcome>] = [
        .init("type", "What it was.") { $0.kind },
        .init("status", "Whether it was done.") { $0.refusal == nil ? Status.done : .refused },
        .init("checkIn", "As `checkIn.create` answers.") { $0.reply(of: .checkIn, CheckInReceipt.self) },
        .init("ticketSale", "As `ticketSale.register` answers.") { $0.reply(of: .sell, TicketSaleReceipt.self) },
        .init("redemption", "As `advantage.redeem` answers.") { $0.reply(of: .redeem, RedemptionReceipt.self) },
        .init("kind", "What names the refusal.") { $0.refusal?.kind.rawValue },
        .init("reasons", "Everything that is against it.") { $0.refusal?.reasons.map(ReasonView.init) },
    ]
}

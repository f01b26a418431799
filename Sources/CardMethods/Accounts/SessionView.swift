import CardRules
import JSONRPC
import Postgres

/// Who the caller is and what he may do (PER-01).
struct SessionView: ResultRecord {
    private(set) var account: AccountRecord?
    private(set) var pillar: PillarView?
    private(set) var roles: [RoleRecord] = []
    /// The one that is chosen.
    private(set) var counter: CounterID?
    private(set) var counters: Page<CounterChoice>?
    private(set) var endsAt: Instant?

    static let fields: [ResultField<SessionView>] = [
        .init("account", "Whose session it is; absent for a pillar.") { $0.account },
        .init("pillar", "The pillar that it is; absent for an account.") { $0.pillar },
        .init("roles", "What the account may do beside its counters.") { $0.roles },
        .init("counterId", "The counter that is chosen; absent if none is.") { $0.counter },
        .init("counters", "The first page of `session.counters`; absent for a pillar.") { $0.counters },
        .init("endsAt", "When the session ends at the latest; real time.") { $0.endsAt },
    ]

    struct PillarView: ResultRecord {
        let id: PillarID
        let name: String
        let cardSystem: CardSystemID

        static let fields: [ResultField<PillarView>] = [
            .init("id", "The pillar.") { $0.id },
            .init("name", "What it is called.") { $0.name },
            .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        ]
    }

    /// The transaction must work as the platform.
    init(of caller: Caller, in transaction: Transaction) throws {
        if let known = caller.pillar {
            let name: String = try transaction.query("select name from pillar where id = \(known.id)")[0][0]
            pillar = PillarView(id: known.id, name: name, cardSystem: known.cardSystem)
        }
        guard let id = caller.accountID else { return }
        let accounts = try transaction.query(
            "select \(fragment: AccountRecord.columns) from account a where a.id = \(id)")
        account = try AccountRecord(row: accounts[0])
        roles = try transaction.query(
            """
            select \(fragment: RoleRecord.columns) from \(fragment: RoleRecord.tables) where r.account_id = \(id)
            order by r.role, s.name, m.name
            """
        ).map(RoleRecord.init(row:))
        counter = caller.counter?.id
        counters = try CounterChoice.page(of: id, .first, in: transaction)
        endsAt = try transaction.first("select ends_at from session where id = \(caller.sessionID)").map { try $0[0] }
    }
}

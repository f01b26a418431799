import CardRules
import JSONRPC
import Postgres

/// A row of the audit trail as it is shown.
struct AuditRecord: ResultRecord {
    let sequence: Int
    let link: Int
    let at: Instant
    let actorKind: String
    let actor: ID<Never>?
    let counter: CounterID?
    let method: String
    let outcome: String
    let object: ID<Never>?
    let details: JSON

    static let fields: [ResultField<AuditRecord>] = [
        .init("sequence", "Its number in the card system's chain.") { $0.sequence },
        .init("link", "The link of the chain that closes over it.") { $0.link },
        .init("at", "When; business time.") { $0.at },
        .init("actorKind", "`account`, `pillar`, `anonymous`, or `host` for a command on the machine.") {
            $0.actorKind
        },
        .init("actorId", "The account or pillar.") { $0.actor },
        .init("counterId", "The counter that was chosen.") { $0.counter },
        .init("method", "What was called.") { $0.method },
        .init("outcome", "`done`, or the kind of the refusal.") { $0.outcome },
        .init("objectId", "What it was about.") { $0.object },
        .init("details", "Names of the fields that changed, ids, keyed digests.") { $0.details },
    ]

    static let columns: SQL = """
        sequence, link, at, actor_kind, actor_id, counter_id, method, outcome, object_id, details
        """

    init(row: Row) throws {
        sequence = try row["sequence"]
        link = try row["link"]
        at = try row["at"]
        actorKind = try row["actor_kind"]
        let actor: ID<Never> = try row["actor_id"]
        self.actor = actor.isNil ? nil : actor
        counter = try row["counter_id"]
        method = try row["method"]
        outcome = try row["outcome"]
        object = try row["object_id"]
        let details: String = try row["details"]
        self.details = try JSON(parsing: Array(details.utf8))
    }
}

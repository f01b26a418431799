import CardRules
import JSONRPC
import Postgres

/// A pass holder who is blocked or unblocked in a card system, and why.
struct PassHolderStandingParams: Parameters {
    let holder: PassHolderID
    let cardSystem: CardSystemID
    let reason: String

    init(from reader: inout ParameterReader) {
        holder = reader.required("passHolderId", "The person.")
        cardSystem = reader.required("cardSystemId", "Where; other card systems decide for themselves (R-018).")
        reason = reader.required("reason", "Why; stays in the audit trail.")
    }
}

extension Call {
    /// Changes the status of a membership. The person is blocked while none is active, in whatever card system.
    func set(_ status: MembershipStatus, by params: PassHolderStandingParams) throws -> PassHolderRecord {
        try requireCardSystem(params.cardSystem)
        try require(serves(params.cardSystem))
        audit.cardSystem = params.cardSystem
        audit.object(params.holder)
        audit.told.append(("status", .string(status.rawValue)))
        audit.facts.append(("reason", params.reason))
        try requireOwnHolder(params.holder)
        // The person first: two card systems that block at once must see each other.
        let rows = try transaction.run([
            "select from pass_holder where id = \(params.holder) for update",
            """
            select m.status from membership m
            where m.holder_id = \(params.holder) and m.card_system_id = \(params.cardSystem) for update
            """,
        ])
        guard let row = rows[1].first else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        try [status.reasonAgainst(changeFrom: try row["status"])].compactMap(\.self).refuse()
        try transaction.execute(
            """
            update membership set status = \(status), version = version + 1
            where holder_id = \(params.holder) and card_system_id = \(params.cardSystem)
            """)
        _ = try acrossCardSystems {
            try transaction.execute(
                """
                update pass_holder h set version = h.version + 1, status = case
                    when exists (select from membership m where m.holder_id = h.id and m.status = 'active') then
                        'active'
                    else 'blocked' end
                where h.id = \(params.holder)
                """)
        }
        return try passHolder(params.holder)
    }
}

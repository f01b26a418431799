import CardRules
import JSONRPC
import Postgres

enum AdvantageUpdate: Method {
    static let declaration = Declaration(
        "advantage.update", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Changes an advantage; after its first use points and first days are frozen (ADV-04, R-147).",
        details: "What is absent stays, `null` clears. Status `deleted` is for good: what was taken of it stays. What "
            + "it said before can be asked with advantage.get.",
        refusals: [
            .advantageNotFound, .cardSystemNotFound, .municipalityNotFound, .counterNotFound, .counterNotInCardSystem,
            .advantageNotOnline, .advantageFrozen, .advantageUnitsBelowTaken,
        ])

    struct Params: Parameters {
        let advantage: AdvantageID
        let version: Int?
        let fields: AdvantageFields

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            fields = AdvantageFields(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantageRecord {
        let held = try call.heldAdvantage(params.advantage)
        call.audit.changedFields = params.fields.names
        try call.requireVersion(params.version, is: held.version, changed: params.fields.names)
        var draft = held.draft
        draft.apply(params.fields)
        if !draft.problems.isEmpty { throw InvalidParameters(problems: draft.problems) }
        let change = AdvantageChange(
            old: held.draft.terms, new: draft.terms, unitsTaken: held.unitsTaken,
            isUsed: try call.isUsed(held))
        try
            (call.reasons(against: draft, of: held.cardSystem, old: held.draft, named: params.fields)
            + draft.reasons + change.reasons).refuse()
        try call.requireMayWrite(draft, of: held.cardSystem)
        let row = try call.transaction.query(
            """
            update advantage as a set (\(fragment: AdvantageDraft.columns)) = row(\(fragment: draft.values)),
                version = a.version + 1
            where a.id = \(held.id) returning \(fragment: AdvantageRecord.columns)
            """)[0]
        if draft.terms.totalLimit != held.draft.terms.totalLimit { try count(held.id, draft.terms, in: call) }
        try call.recordHistory(of: held.id)
        return try AdvantageRecord(row: row, today: Brussels.date(call.now))
    }

    /// What was taken in each period of a new limit counts for it, in those that are over too: what was taken then may
    /// be taken back, and stand again.
    private static func count(_ id: AdvantageID, _ terms: AdvantageTerms, in call: Call) throws {
        guard let limit = terms.totalLimit else { return }
        try call.transaction.run([
            "update advantage_use set used = 0 where advantage_id = \(id) and period = \(limit.period)",
            """
            insert into advantage_use (advantage_id, card_system_id, period, period_start, used)
            select a.id, a.card_system_id, \(limit.period), period_start(\(limit.period), r.redeemed_at), count(*)
            from advantage a join redemption r on r.advantage_id = a.id and r.cancelled_at is null
            where a.id = \(id) group by 1, 2, 4
            on conflict (advantage_id, period, period_start) do update set used = excluded.used
            """,
        ])
    }
}

extension Call {
    /// ADV-04: whether an advantage was taken, or a welcome was granted, by anybody of whatever card system.
    fileprivate func isUsed(_ held: HeldAdvantage) throws -> Bool {
        try asPlatform {
            let taken = try transaction.first("select from redemption where advantage_id = \(held.id) limit 1")
            if taken != nil { return true }
            let terms = held.draft.terms
            guard terms.type == .welcome else { return false }
            let first = [terms.granting.from, terms.joinedOn].compactMap(\.self).map { Brussels.instant($0) }
            let residents: SQL =
                terms.municipalities.isEmpty
                ? "true"
                : """
                exists (select from pass_holder h join municipality_postal_code p on p.postal_code = h.postal_code
                    where h.id = m.holder_id and p.municipality_id = any (\(terms.municipalities.sorted())))
                """
            let granted = try transaction.first(
                """
                select from card_system s join membership m on m.card_system_id = s.id
                where (\(terms.cardSystems == nil) or s.id = any (\(terms.cardSystems?.sorted())))
                    and m.since >= \(([terms.enteredAt] + first).max())
                    and (m.since < \(terms.granting.until.map(Brussels.end(of:))) or \(terms.granting.until == nil))
                    and \(fragment: residents)
                limit 1
                """)
            return granted != nil
        }
    }
}

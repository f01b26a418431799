import CardRules
import JSONRPC
import Postgres

enum PassHolderRemove: Method {
    static let declaration = Declaration(
        "passHolder.remove", .writes, by: .staff(.passHolderRemove),
        "Removes a pass holder (PH-08): nothing stays that tells who it was.",
        details: "Check-ins, the ledger and settlements keep their rows, of a person without name. Whoever is a member "
            + "of other card systems too is removed from own ones only: memberships end, cards are taken out of use. "
            + "Points that are left, or owed, are nobody's any more. It cannot be undone.",
        refusals: [.passHolderNotFound, .pointsHeld])

    struct Params: Parameters {
        let holder: PassHolderID
        let reason: String

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            reason = reader.required("reason", "Why; stays in the audit trail, so without names.")
        }
    }

    struct Result: ResultRecord {
        let extent: RemovalRules.Extent
        let cardSystems: [CardSystemID]

        static let fields: [ResultField<Result>] = [
            .init("removed", "`everywhere`, or `here` if other card systems know the person too.") { $0.extent },
            .init("cardSystemIds", "Where memberships ended.") { $0.cardSystems },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireOwnHolder(params.holder)
        let isOperator = call.scope.isOperator
        let served = call.scope.administered.union(call.scope.atCounter)
        call.audit.object(params.holder)
        call.audit.facts.append(("reason", params.reason))
        return try call.asPlatform {
            let rows = try call.transaction.run([
                "select from ledger_account where owner_id = \(params.holder) order by id for no key update",
                "select from pass_holder where id = \(params.holder) for update",
                "select card_system_id from membership where holder_id = \(params.holder) order by since, id",
                """
                select coalesce(sum(held_debit + held_credit), 0)::bigint from ledger_account
                where owner_id = \(params.holder)
                """,
            ])
            let systems: [CardSystemID] = try rows[2].map { try $0[0] }
            let own = isOperator ? systems : systems.filter(served.contains)
            let extent = RemovalRules.extent(memberships: Set(systems), own: Set(own))
            try RemovalRules.check(extent, pointsHeld: try rows[3][0][0]).refuse()
            call.audit.cardSystem = own[0]
            call.audit.told += [
                ("removed", .string(extent.rawValue)), ("cardSystemIds", .array(own.map { .string($0.text) })),
            ]
            call.audit.also.formUnion(systems)
            let removal = HolderRemoval(holder: params.holder, now: call.now)
            _ = try call.transaction.run(
                removal.ended(in: own, call)
                    + (extent == .everywhere ? removal.pseudonymised : [HolderMerge.standing(params.holder)]))
            return Result(extent: extent, cardSystems: own)
        }
    }
}

extension RemovalRules.Extent: WordParameter {}

/// What removing a person changes.
struct HolderRemoval {
    let holder: PassHolderID
    let now: Instant

    /// The columns of the record that stay: no person is found by them.
    static let keptColumns: Set<String> = [
        "id", "country", "status", "legal_terms_paper", "legal_terms_digital", "registration_counter_id",
        "registered_at", "version", "merged_into", "removed_at",
    ]

    /// The person's, and those that were merged into it.
    private var records: SQL { "(select id from pass_holder where id = \(holder) or merged_into = \(holder))" }

    /// Memberships that end, with what staff wrote down there, and with their cards: those are blocked and then done
    /// with.
    func ended(in cardSystems: [CardSystemID], _ call: Call) -> [SQL] {
        let cards: SQL = "c.holder_id = \(holder) and c.card_system_id = any (\(cardSystems))"
        return [
            """
            update membership set status = 'blocked', current_card_id = null, opportunity_end_date = null,
                opportunity_suspended_until = null, changed_at = \(call.now), version = version + 1
            where holder_id = \(holder) and card_system_id = any (\(cardSystems))
            """,
            """
            update opportunity_reason r set reason = '-' from opportunity_change c, membership m
            where c.id = r.change_id and m.id = c.membership_id and m.holder_id in \(fragment: records)
                and m.card_system_id = any (\(cardSystems))
            """,
            """
            update pass_holder_note set note = null
            where holder_id in \(fragment: records) and card_system_id = any (\(cardSystems))
            """,
            call.taking(.block, with: "\(fragment: cards) and c.status = 'active'", counter: .ofCard),
            call.taking(.delete, with: "\(fragment: cards) and c.status = 'blocked'", counter: .ofCard),
        ]
    }

    /// Of the day of birth the year stays, for counts by age.
    var pseudonymised: [SQL] {
        PersonTable.all.compactMap { table -> SQL? in
            switch table.removal {
            case .stays, .apart: nil
            case .deletes:
                "delete from \(fragment: table.name) where \(fragment: table.holder) in \(fragment: records)"
            case .clears(let assignments):
                """
                update \(fragment: table.name) set \(fragment: assignments(now))
                where \(fragment: table.holder) in \(fragment: records)
                """
            }
        } + [
            """
            delete from mail
            where lower(to_address) in (select email_key from pass_holder where id in \(fragment: records))
                and not exists (select from pass_holder h
                    where h.email_key = lower(to_address) and h.id not in \(fragment: records))
            """,
            """
            update pass_holder set first_name = '', name = '', name_key = '', first_name_key = '',
                date_of_birth = date_trunc('year', date_of_birth::timestamp)::date, gender = null, nationality = null,
                place_of_birth = null, email = null, email_key = null, phone = null, mobile = null, street = null,
                postal_code = '', city = '', school_id = null, insz_sealed = null, insz_index = null,
                insz_masked = null, opt_ins = '{}',
                parental_consent = false, status = 'blocked', removed_at = \(now), version = version + 1
            where id = \(holder) or merged_into = \(holder)
            """,
        ]
    }
}

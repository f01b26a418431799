import CardRules
import Postgres

/// A table with rows about people, and what becomes of them: when two records become one, when a person is removed, and
/// when he asks for his data. Every table that refers to pass holders is in `all`; a test looks.
struct PersonTable: Sendable {
    let name: SQL
    /// What tells its rows apart among those of one person.
    let key: SQL
    /// Who the row is about.
    var holder: SQL = "holder_id"
    /// What an export calls it, where the table's name does not do.
    var title: String?
    let merge: Merge
    let removal: Removal
    let export: Export

    enum Merge: Sendable {
        /// Rows go to the kept record, but for those of which it has one like it already: these stay.
        case moves(unless: SQL? = nil)
        /// Rows stay with the record that they were made for; who reads asks for the merged ones too.
        case stays
        /// `HolderMerge` does it row by row.
        case apart
    }

    enum Removal: Sendable {
        /// They tell nothing of the person, once the record does not.
        case stays
        case deletes
        /// These columns are emptied.
        case clears(@Sendable (_ now: Instant) -> SQL)
        /// `PassHolderRemove` does it.
        case apart
    }

    enum Export: Sendable {
        /// All columns but these.
        case rows(without: [String] = [])
        /// Those of other card systems with these columns only; of own ones without some.
        case limited(without: [String] = [], elsewhere: [String])
    }

    /// The main member's own row ends with the family, not by itself.
    private static let leavingFamily: @Sendable (Instant) -> SQL = { now in
        """
        ended_at = case when main_id = member_id then null else coalesce(ended_at, \(now)) end,
            removal_token_hash = null
        """
    }

    private static let withoutReasons: @Sendable (Instant) -> SQL = { _ in
        "reason = '-', undo_reason = case when undone_at is null then null else '-' end"
    }

    static let all: [PersonTable] = [
        PersonTable(
            name: "pass_holder", key: "id", holder: "id", merge: .apart, removal: .apart,
            export: .rows(without: [
                "name_key", "first_name_key", "email_key", "insz_sealed", "insz_index", "insz_masked",
            ])),
        PersonTable(
            name: "membership", key: "id", merge: .apart, removal: .apart, export: .limited(elsewhere: ["since"])),
        // A note goes with its membership, wherever that goes.
        PersonTable(
            name: "pass_holder_note", key: "card_system_id", merge: .stays, removal: .clears { _ in "note = null" },
            export: .limited(elsewhere: ["changed_at"])),
        // The kept record's own stays; the picture itself has a method of its own.
        PersonTable(
            name: "pass_holder_picture", key: "holder_id", merge: .stays,
            removal: .clears { _ in "bytes = null, media_type = null, width = null, height = null" },
            export: .rows(without: ["bytes"])),
        PersonTable(
            name: "card", key: "id", merge: .moves(), removal: .apart,
            export: .limited(elsewhere: ["number", "status"])),
        PersonTable(
            name: "check_in", key: "id", merge: .apart, removal: .stays,
            export: .limited(without: ["period_start", "slot"], elsewhere: ["checked_in_at", "points"])),
        PersonTable(
            name: "redemption", key: "id", merge: .apart, removal: .stays,
            export: .limited(without: ["period_start", "slot"], elsewhere: ["redeemed_at", "points"])),
        PersonTable(
            name: "ticket_sale", key: "id", merge: .apart, removal: .stays,
            export: .limited(
                without: [
                    "event_period_start", "event_slot", "counter_period_start", "counter_slot", "coupon_period_start",
                    "coupon_slot", "settlement_id", "end_reason",
                ], elsewhere: ["sold_at", "price_cents"])),
        PersonTable(
            name: "holder_login", key: "account_id",
            merge: .moves(unless: "exists (select from holder_login other where other.holder_id = kept.id)"),
            removal: .deletes, export: .rows()),
        PersonTable(
            name: "family_member", key: "id", holder: "main_id", title: "family",
            merge: .apart,
            removal: .clears(leavingFamily),
            export: .rows(without: ["removal_token_hash"])),
        PersonTable(
            name: "family_member", key: "id", holder: "member_id",
            merge: .apart,
            removal: .clears(leavingFamily),
            export: .rows(without: ["removal_token_hash"])),
        PersonTable(
            name: "association_membership", key: "id",
            merge: .moves(
                unless: """
                    t.ended_at is null and exists (select from association_membership other
                        where other.holder_id = kept.id and other.ended_at is null
                            and other.association_id = t.association_id)
                    """),
            removal: .clears { "ended_at = coalesce(ended_at, \($0))" },
            export: .limited(elsewhere: ["since", "end_date"])),
        // A sale stays with whom it was made to.
        PersonTable(
            name: "pass_sale", key: "id", merge: .stays, removal: .stays,
            export: .limited(elsewhere: ["at", "price_cents"])),
        PersonTable(
            name: "coupon_target", key: "id",
            merge: .moves(
                unless: """
                    exists (select from coupon_target other
                        where other.holder_id = kept.id and other.coupon_id = t.coupon_id)
                    """),
            removal: .deletes, export: .limited(without: ["added_by"], elsewhere: ["added_at"])),
        PersonTable(
            name: "registration_token", key: "token_hash", merge: .stays, removal: .deletes,
            export: .rows(without: ["token_hash"])),
        PersonTable(
            name: "registration_order_person", key: "order_id", merge: .stays, removal: .stays,
            export: .limited(without: ["person_sealed"], elsewhere: ["price_cents"])),
        PersonTable(
            name: "insz_read", key: "id", merge: .stays, removal: .stays,
            export: .limited(elsewhere: ["at", "kind"])),
        PersonTable(
            name: "holder_merge", key: "id", holder: "kept_id", merge: .stays, removal: .clears(withoutReasons),
            export: .rows()),
        PersonTable(
            name: "holder_merge", key: "id", holder: "merged_id", title: "mergedInto", merge: .stays,
            removal: .clears(withoutReasons), export: .rows()),
    ]
}

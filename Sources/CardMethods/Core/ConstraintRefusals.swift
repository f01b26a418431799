import CardRules
import Postgres

/// What a violated constraint means: the net under the rules that were checked before, for the moment between check and
/// write. A constraint that is not here is a fault of ours and answered as such.
enum ConstraintRefusals {
    private static let kinds: [String: RefusalKind] = [
        "account_email_taken": .accountEmailTaken,
        "card_system_name_taken": .cardSystemNameTaken,
        "municipality_taken": .municipalityTaken,
        "postal_code_taken": .postalCodeTaken,
        "role_held": .roleAlreadyHeld,
        "permission_group_name_taken": .permissionGroupNameTaken,
        "distribution_key_name_taken": .distributionKeyNameTaken,
        "counter_name_taken": .counterNameTaken,
        "counter_key_taken": .counterKeyTaken,
        "counter_member_exists": .counterMemberExists,
        "pillar_name_taken": .pillarNameTaken,
        "insz_taken": .inszTaken,
        "pass_voucher_type_name_taken": .passVoucherTypeNameTaken,
        "pass_voucher_type_prefix_taken": .passVoucherTypePrefixTaken,
        "pass_voucher_used_once": .passVoucherUsed,
        "card_number_taken": .cardNumberTaken,
        "card_chip_taken": .cardChipTaken,
        "holder_login_taken": .passHolderAlreadyRegistered,
        "holder_login_account_taken": .accountAlreadyLinked,
        "group_allowance_not_negative": .groupPassAllowanceTooSmall,
        "association_name_taken": .associationNameTaken,
        "ledger_account_no_overdraft": .ledgerInsufficient,
        "hold_ends_once": .holdEnded,
        "transfer_reversed_once": .transferAlreadyReversed,
    ]

    static func refusal(for error: PostgresError) -> Refusal? {
        error.constraint.flatMap { kinds[$0] }.map { Refusal($0) }
    }
}

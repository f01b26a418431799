import CardRules
import JSONRPC
import Postgres

enum MerchantList: Method {
    static let declaration = Declaration(
        "merchant.list", .reads, by: [.everyone], "Lists by name the merchants that take vouchers.",
        details: "They are the active counters that a permission group lets redeem vouchers, there if a card system is "
            + "given.",
        refusals: [.cardSystemNotFound])

    static func run(_ params: PublicCounterParams, in call: Call) throws -> Page<PublicCounter> {
        try call.publicCounters(
            params,
            where: """
                exists (select from counter_permission_group k join permission_group g on g.id = k.permission_group_id
                    where k.counter_id = c.id and \(Permission.voucherRedeem) = any (g.permissions)
                        and k.card_system_id = coalesce(\(params.cardSystem), k.card_system_id))
                """)
    }
}

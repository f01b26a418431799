import CardRules
import JSONRPC
import Postgres

enum PointOfSaleList: Method {
    static let declaration = Declaration(
        "pointOfSale.list", .reads, by: [.everyone], "Lists by name where passes are sold.",
        refusals: [.cardSystemNotFound])

    static func run(_ params: PublicCounterParams, in call: Call) throws -> Page<PublicCounter> {
        try call.publicCounters(params, where: "c.is_point_of_sale")
    }
}

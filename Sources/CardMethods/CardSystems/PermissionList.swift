import CardRules
import JSONRPC

enum PermissionList: MemoryMethod {
    static let declaration = Declaration(
        "permission.list", .reads, by: [.account],
        "Lists all that can be permitted to a counter, with what administrators read.")

    struct Item: ResultRecord {
        let permission: Permission

        static let fields: [ResultField<Item>] = [
            .init("permission", "What a permission group names it by.") { $0.permission },
            .init("label", "What it is in words, per language.") { $0.permission.label },
        ]
    }

    static let resultSchema = [Item].schema

    static func answer(_ params: NoParameters, _ caller: Caller, _ services: Services) -> [UInt8]? {
        Permission.allCases.map(Item.init).jsonBytes
    }
}

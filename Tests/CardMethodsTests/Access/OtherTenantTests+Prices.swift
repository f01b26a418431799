import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

extension OtherTenantTests {
    static let prices: [ForeignCall] = [
        (
            "passPrice.compute",
            #"{"cardSystemId":"HERE","reason":"defect","cardType":"digital","passHolderId":"ID"}"#, "pass_holder"
        ),
        ("passVoucher.issue", #"{"passVoucherTypeId":"ID","count":1}"#, "pass_voucher_type"),
        ("passVoucher.list", #"{"passVoucherTypeId":"ID"}"#, "pass_voucher_type"),
        ("passVoucher.void", #"{"passVoucherId":"ID","reason":"lost"}"#, "pass_voucher"),
        ("passVoucherType.update", #"{"passVoucherTypeId":"ID","name":"mine"}"#, "pass_voucher_type"),
    ]

    /// A voucher of the other card system.
    static func makeVoucher(_ scene: Scene) async throws {
        let peer = try await scene.peer(.otherAdministrator)
        let type = try await scene.ok(
            peer, "passVoucherType.create",
            ["cardSystemId": .string(SceneData.there.text), "name": "Theirs", "prefix": "TT"])
        try await scene.ok(peer, "passVoucher.issue", ["passVoucherTypeId": type.id, "count": 1])
    }

    static let pricesExempt = [
        "passSale.list": "card systems are public", "passSale.totals": "card systems are public",
        "passVoucherType.create": "card systems and municipalities are public",
        "passVoucherType.list": "card systems are public", "priceList.get": "card systems are public",
        "priceList.set": "card systems are public",
    ]
}

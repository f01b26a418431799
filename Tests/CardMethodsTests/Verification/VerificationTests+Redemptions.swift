import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

extension VerificationTests {
    static let redemptionPlaces = "every redemption knows its advantage, holder, card and counter"
    static let costs = "every redemption has cost its points, and given back those of a cancelled one"
    static let stocks = "units and codes that are taken of an advantage are those of its redemptions"
    static let codes = "every used code went with one redemption"
    static let uses = "what all holders took in the period of a limit is counted"

    static let redemptions: [Tampering] = [
        Tampering(
            "a redemption is of another card system's advantage",
            "update redemption set owner_card_system_id = \(SceneData.there)", foundBy: redemptionPlaces),
        Tampering("a redemption cost less", "update redemption set points = points - 1", foundBy: costs),
        Tampering(
            "a redemption is marked as cancelled", "update redemption set cancelled_at = redeemed_at, slot = null",
            foundBy: costs, stocks, uses),
        Tampering("a unit is taken off", "update advantage set units_taken = units_taken - 1", foundBy: stocks),
        Tampering(
            "a code is free again", "update advantage_code set status = 'free', redemption_id = null",
            foundBy: stocks, codes),
        Tampering(
            "a code went with another redemption", "update advantage_code set redemption_id = gen_random_uuid()",
            foundBy: codes),
        Tampering("a use is not counted", "update advantage_use set used = used - 1", foundBy: uses),
    ]

    /// An advantage with a code and a limit over all holders, taken once, cancelled and restored once.
    static func redeem(_ scene: Scene) async throws {
        let id = try await scene.advantage(
            1, with: "is_online = true, total_limit_volume = 5, total_limit_period = 'month'")
        try await scene.codes(["A"], for: id)
        try await scene.give(5, .init(8))
        let taken = try await scene.redeem(scene.peer(.librarian), .init(8)).get()
        for method in ["redemption.cancel", "redemption.restore"] {
            try await scene.ok(
                scene.peer(.administrator), method, ["redemptionId": taken["id"]!, "reason": "mistake"])
        }
    }
}

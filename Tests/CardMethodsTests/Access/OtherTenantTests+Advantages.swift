import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

extension OtherTenantTests {
    static let advantages: [ForeignCall] = [
        (
            "advantage.create",
            #"{"cardSystemId":"HERE","type":"welcome","title":"T","promotionalText":"P","#
                + #""publicationPeriod":{"from":"2030-06-01"},"counterIds":["ID"]}"#, "counter"
        ),
        ("advantage.get", #"{"advantageId":"ID"}"#, "advantage"),
        ("advantage.list", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("advantage.update", #"{"advantageId":"ID","featured":true}"#, "advantage"),
        ("advantageCode.add", #"{"advantageId":"ID","code":"A1"}"#, "advantage"),
        ("advantageCode.import", #"{"advantageId":"ID","csv":"A1"}"#, "advantage"),
        ("advantageCode.list", #"{"advantageId":"ID"}"#, "advantage"),
        ("advantageCode.void", #"{"advantageId":"ID","advantageCodeId":"ID","reason":"lost"}"#, "advantage"),
    ]

    /// A welcome of the other card system, for its own members.
    static func makeAdvantage(_ scene: Scene) async throws {
        try await scene.ok(
            scene.peer(.otherAdministrator), "advantage.create", AdvantageTests.welcome(of: SceneData.there))
    }

    static let advantagesExempt = [
        "advantage.forCard": "passes are used everywhere", "holder.advantages": "oneself and the own family only",
    ]
}

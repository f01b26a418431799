import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

extension OtherTenantTests {
    private static let term = """
        "isAutomatic":true,"discount":{"kind":"amountOff","value":100},"shares":[{"payer":"partner","weight":1}]
        """

    static let tariffs: [ForeignCall] = [
        ("distributionKey.get", #"{"distributionKeyId":"ID"}"#, "distribution_key"),
        ("distributionKey.history", #"{"distributionKeyId":"ID"}"#, "distribution_key"),
        ("distributionKey.setTerm", #"{"distributionKeyId":"ID",\#(term)}"#, "distribution_key"),
        ("distributionKey.update", #"{"distributionKeyId":"ID","name":"mine"}"#, "distribution_key"),
        ("counter.setDistributionKey", #"{"counterId":"LIBRARY","distributionKeyId":"ID"}"#, "distribution_key"),
        (
            "event.setCardSystems",
            #"{"eventId":"EVENT","cardSystems":[{"cardSystemId":"HERE","distributionKeyIds":["ID"]}]}"#,
            "distribution_key"
        ),
    ]

    static let tariffsExempt = [
        "distributionKey.create": "card systems are public", "distributionKey.list": "card systems are public",
        "event.getCardSystems": "events and the card systems that they take are public",
    ]
}

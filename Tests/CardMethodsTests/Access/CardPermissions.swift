extension PermissionTable {
    /// Cards, stock and memberships.
    static let cards = """
        card.add                     ..oc........
        card.delete                  ..oc...G....
        card.history                 ..oc..RG....
        card.passOn                  ..oc..RG....
        card.replace                 ..oc...G....
        card.stockLevels             ..oc..RG....
        card.takeBack                ..oc..RG....
        counter.setStockThreshold    ..oc........
        membership.preview           ..oc..RG....
        membership.set               ..oc..RG....
        passHolder.cards             ..oc..RG....
        passHolder.move              ..oc..RG....
        passHolder.previewMove       ..oc..RG....
        stockBatch.get               ..oc........
        stockBatch.list              ..oc........
        """
}

extension OtherTenantTests {
    private static let move =
        #""counterId":"LIBRARY","cardType":"digital","address":{"postalCode":"9900","city":"Eeklo"}"#

    static let cards: [ForeignCall] = [
        ("card.delete", #"{"cardNumber":"ID","reason":"broken"}"#, "card"),
        ("card.history", #"{"cardNumber":"ID"}"#, "card"),
        ("card.passOn", #"{"counterId":"LIBRARY","cardNumbers":["ID"]}"#, "card"),
        ("card.replace", #"{"cardNumber":"ID","cardType":"digital","reason":"loss","counterId":"LIBRARY"}"#, "card"),
        (
            "membership.preview",
            #"{"passHolderId":"ID","cardSystemId":"HERE","counterId":"LIBRARY","cardType":"digital"}"#, "pass_holder"
        ),
        (
            "membership.set",
            #"{"passHolderId":"ID","cardSystemId":"HERE","counterId":"LIBRARY","cardType":"digital"}"#, "pass_holder"
        ),
        (
            "passHolder.move", #"{"passHolderId":"ID","fromCardSystemId":"THERE","toCardSystemId":"HERE",\#(move)}"#,
            "pass_holder"
        ),
        (
            "passHolder.previewMove",
            #"{"passHolderId":"ID","fromCardSystemId":"THERE","toCardSystemId":"HERE",\#(move)}"#, "pass_holder"
        ),
        ("card.stockLevels", #"{"counterId":"ID"}"#, "counter"),
        ("card.takeBack", #"{"cardNumbers":["ID"]}"#, "card"),
        (
            "counter.setStockThreshold",
            #"{"counterId":"ID","cardSystemId":"HERE","isOpportunityCard":false,"minimum":5}"#, "counter"
        ),
        ("passHolder.cards", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("stockBatch.get", #"{"batchId":"ID"}"#, "stock_batch"),
        ("stockBatch.list", #"{"cardSystemId":"ID"}"#, "card_system"),
    ]
}

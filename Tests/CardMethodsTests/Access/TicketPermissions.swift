import JSONRPC

@testable import CardMethods

extension PermissionTable {
    /// Tariffs and ticket sales.
    static let tickets = """
        holder.ticketSales           ...........h
        tariff.compute               ..oc.TRG.A..
        tariff.static                ..oc.TRG.A..
        ticketSale.cancel            ..oc.TRG.A..
        ticketSale.confirm           ..oc.TRG.A..
        ticketSale.correct           ..oc........
        ticketSale.createCorrectionJob ..oc........
        ticketSale.get               ..oc.TRG.A..
        ticketSale.list              ..oc.TRG.A..
        ticketSale.register          ..oc.TRG.A..
        ticketSale.reserve           ..oc.TRG.A..
        ticketSale.restore           ..oc........
        ticketSale.totals            ..oc.TRG.A..
        ticketSale.undoCorrection    ..oc........
        """
}

extension OtherTenantTests {
    static let tickets: [ForeignCall] = [
        ("ticketSale.get", #"{"ticketSaleId":"ID"}"#, "ticket_sale"),
        ("ticketSale.confirm", #"{"ticketSaleIds":["ID"]}"#, "ticket_sale"),
        ("ticketSale.cancel", #"{"ticketSaleIds":["ID"],"reason":"error"}"#, "ticket_sale"),
        ("ticketSale.cancel", #"{"cardNumber":"ID","eventId":"EVENT","reason":"error"}"#, "card"),
        ("ticketSale.restore", #"{"ticketSaleId":"ID","reason":"error"}"#, "ticket_sale"),
        (
            "ticketSale.correct",
            #"{"ticketSaleId":"ID","distributionKeyId":"0000000d-0000-7000-8000-000000000009","reason":"error"}"#,
            "ticket_sale"
        ),
        ("ticketSale.undoCorrection", #"{"ticketSaleId":"ID","reason":"error"}"#, "ticket_sale"),
        (
            "ticketSale.createCorrectionJob",
            """
            {"cardSystemId":"00000001-0000-7000-8000-000000000001","eventId":"00000009-0000-7000-8000-000000000001",\
            "distributionKeyId":"ID","reason":"error"}
            """, "distribution_key"
        ),
        ("ticketSale.list", #"{"passHolderId":"ID"}"#, "pass_holder"),
        ("ticketSale.totals", #"{"counterId":"ID"}"#, "counter"),
    ]

    static let ticketsExempt: [String: String] = [
        "tariff.compute": "passes are used everywhere", "tariff.static": "events are public",
        "holder.ticketSales": "oneself and the own family only",
    ]

    /// A sale of the other card system.
    static func makeTicketSale(_ scene: Scene) async throws {
        try await scene.key(9, in: SceneData.there, pays: 20)
        try await scene.concert(SceneData.event(8), of: .elsewhere)
        try await scene.entitle(45)
        _ = try await scene.sell(scene.peer(.clerkElsewhere), Scene.item(45, for: SceneData.event(8))).get()
    }
}

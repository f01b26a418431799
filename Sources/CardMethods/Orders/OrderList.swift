import CardRules
import JSONRPC
import Postgres

enum OrderList: Method {
    static let declaration = Declaration(
        "order.list", .reads, by: [.cardSystemAdministrator, .operator],
        "Lists the orders of own card systems with their people, newest first (ORD-01, OPP-07).")

    struct Params: Parameters {
        let conditions: [SQL]
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            let cardSystem: CardSystemID? = reader.optional("cardSystemId", "Of this card system.")
            let order: RegistrationOrderID? = reader.optional("orderId", "This one only.")
            let state: OrderState? = reader.optional("state", "In this state.")
            let communication: StructuredCommunication? = reader.optional(
                "communication", "With this structured communication.")
            let asksOpportunity: Bool? = reader.optional(
                "asksOpportunity", "Whether somebody in it asks for the opportunity status.")
            let from: Instant? = reader.optional("from", "Made at this instant or later.")
            let until: Instant? = reader.optional("until", "Made before this instant.")
            page = PageRequest(from: &reader)
            if let from, let until, from >= until { reader.refuse("until", "must be after from") }
            let asked: SQL = """
                exists (select from registration_order_person p where p.order_id = o.id and p.asks_opportunity)
                """
            conditions = [
                cardSystem.map { "o.card_system_id = \($0)" }, order.map { "o.id = \($0)" },
                state.map { "o.state = \($0)" }, communication.map { "o.communication = \($0)" },
                asksOpportunity.map { $0 ? asked : "not \(fragment: asked)" },
                from.map { "o.created_at >= \($0)" }, until.map { "o.created_at < \($0)" },
            ].compactMap { $0 as SQL? }
        }
    }

    struct Item: ResultRecord {
        let order: OrderView
        let reference: String?
        let people: [OrderPersonView]

        static let fields: [ResultField<Item>] = [
            .init("order", "The order.") { $0.order },
            .init("paymentReference", "What the bank called its payment.") { $0.reference },
            .init("people", "Whom it is for, the main person first.") { $0.people },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Page<Item> {
        let listing = Listing(
            columns: "\(fragment: OrderView.columns), o.payment_reference", tables: "registration_order o",
            conditions: [call.serves(column: "o.card_system_id")] + params.conditions, id: "o.id", isDescending: true)
        let page = try listing.page(params.page, call.transaction) { row in
            Item(order: try OrderView(row: row), reference: try row["payment_reference"], people: [])
        }
        return Page(
            items: try page.items.map { item in
                Item(
                    order: item.order, reference: item.reference,
                    people: try OrderPeople.views(of: item.order.id, in: call))
            }, nextCursor: page.nextCursor, total: page.total)
    }
}

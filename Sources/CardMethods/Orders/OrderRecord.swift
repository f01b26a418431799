import CardRules
import JSONRPC
import Postgres

extension OrderState: WordParameter, PostgresValue {}

extension StructuredCommunication: WrittenValue {
    public static var format: String { "structured-communication" }
    public static var placeholder: StructuredCommunication { StructuredCommunication(number: 0)! }
}

/// An order as whoever made it sees it: nothing personal (ORD-03).
struct OrderView: ResultRecord {
    let id: RegistrationOrderID
    let cardSystem: CardSystemID
    let state: OrderState
    let totalCents: Int
    let communication: StructuredCommunication
    let iban: IBAN
    let beneficiary: String
    let createdAt: Instant
    let lapsesAt: Instant
    let paidOn: CivilDate?
    let cancelledAt: Instant?
    let cancelReason: String?
    let prices: [Int]
    let version: Int

    static let fields: [ResultField<OrderView>] = [
        .init("id", "The order.") { $0.id },
        .init("cardSystemId", "Where the people become members.") { $0.cardSystem },
        .init("state", "Where it is.") { $0.state },
        .init("totalCents", "The price of all, in cents.") { $0.totalCents },
        .init("communication", "What the transfer must say; absent if there is nothing to pay.") {
            $0.totalCents > 0 ? $0.communication.formatted : nil
        },
        .init("iban", "Where it is paid to.") { $0.iban },
        .init("beneficiary", "Whose account that is.") { $0.beneficiary },
        .init("createdAt", "When it was made.") { $0.createdAt },
        .init("lapsesAt", "When it is cancelled unless it was paid.") { $0.lapsesAt },
        .init("paidOn", "When it was paid.") { $0.paidOn },
        .init("cancelledAt", "When it was cancelled.") { $0.cancelledAt },
        .init("cancelReason", "Why.") { $0.cancelReason },
        .init("priceCents", "The price of each, the main person first, in cents.") { $0.prices },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let columns: SQL = """
        o.id, o.card_system_id, o.state, o.total_cents, o.communication, o.iban, o.beneficiary, o.created_at,
        o.lapses_at, o.paid_on, o.cancelled_at, o.cancel_reason, o.version,
        array(select p.price_cents from registration_order_person p where p.order_id = o.id order by p.position)
            as prices
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        state = try row["state"]
        totalCents = try row["total_cents"]
        communication = try row["communication"]
        iban = try row["iban"]
        beneficiary = try row["beneficiary"]
        createdAt = try row["created_at"]
        lapsesAt = try row["lapses_at"]
        paidOn = try row["paid_on"]
        cancelledAt = try row["cancelled_at"]
        cancelReason = try row["cancel_reason"]
        prices = try row["prices"]
        version = try row["version"]
    }
}

/// One person of an order as administrators see him.
struct OrderPersonView: ResultRecord {
    let name: String?
    let firstName: String?
    let dateOfBirth: CivilDate?
    let inszMasked: String?
    let asksOpportunity: Bool
    let holder: PassHolderID?

    static let fields: [ResultField<OrderPersonView>] = [
        .init("name", "The family name; absent once the order is done or cancelled.") { $0.name },
        .init("firstName", "The first name.") { $0.firstName },
        .init("dateOfBirth", "The day of birth.") { $0.dateOfBirth },
        .init("inszMasked", "The first and last two digits of the INSZ.") { $0.inszMasked },
        .init("asksOpportunity", "Asks for the opportunity status, to be given on proof (OPP-07).") {
            $0.asksOpportunity
        },
        .init("passHolderId", "Who it became.") { $0.holder },
    ]

    init(row: Row, _ person: PersonParams?) throws {
        (name, firstName) = (person?.name, person?.firstName)
        dateOfBirth = person?.request.dateOfBirth
        inszMasked = person?.request.insz?.masked
        asksOpportunity = try row["asks_opportunity"]
        holder = try row["holder_id"]
    }
}

extension Call {
    /// An order that is visible.
    func order(_ id: RegistrationOrderID) throws -> OrderView {
        let row = try transaction.first(
            "select \(fragment: OrderView.columns) from registration_order o where o.id = \(id)")
        guard let row else { throw Refusal(.orderNotFound, at: "/orderId") }
        return try OrderView(row: row)
    }

    /// The order that a token opens, of whatever card system; one answer for a wrong order and a wrong token.
    func order(_ id: RegistrationOrderID, token: String) throws -> OrderView {
        try asPlatform {
            let row = try transaction.first(
                """
                select \(fragment: OrderView.columns) from registration_order o
                where o.id = \(id) and o.token_hash = \(Secret.hash(token)) and o.token_expires_at > \(realNow)
                """)
            guard let row else { throw Refusal(.orderNotFound, at: "/orderId") }
            return try OrderView(row: row)
        }
    }
}

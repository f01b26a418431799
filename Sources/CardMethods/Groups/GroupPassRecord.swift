import CardRules
import JSONRPC
import Postgres

extension GroupPassStatus: WordParameter {}

/// A group's pass as the staff of its card system see it.
struct GroupPassRecord: ResultRecord {
    let id: GroupPassID
    let cardSystem: CardSystemID
    let name: String
    let email: EmailAddress?
    let phone: PhoneNumber?
    let address: AddressView
    let card: CurrentCard?
    let facts: GroupPassFacts
    let status: GroupPassStatus
    let availableTickets: Int
    let ticketsPerYear: Int
    let counter: CounterID?
    let createdAt: Instant
    let version: Int

    static let fields: [ResultField<GroupPassRecord>] = [
        .init("id", "The group pass.") { $0.id },
        .init("cardSystemId", "Whose pass it is.") { $0.cardSystem },
        .init("name", "What the group is called.") { $0.name },
        .init("email", "How it is reached.") { $0.email },
        .init("phone", "How it is reached.") { $0.phone },
        .init("address", "Where it is at home.") { $0.address },
        .init("card", "The card that was asked for, else the one of today; a blocked one too (GRP-02).") { $0.card },
        .init("status", "`expired` the day after its end date: groups have no grace.") { $0.status },
        .init("endDate", "The last day; absent for one that never expires (R-111).") { $0.facts.endDate },
        .init("hasOpportunity", "It buys at the opportunity tariff; without, on coupons only.") {
            $0.facts.hasOpportunity
        },
        .init("ticketsPerYear", "What a calendar year begins with.") { $0.ticketsPerYear },
        .init("availableTickets", "What is left this calendar year; none once it has expired (GRP-03).") {
            $0.availableTickets
        },
        .init("counterId", "The counter that made it.") { $0.counter },
        .init("createdAt", "When that was.") { $0.createdAt },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    /// The table `group_pass g`, with `c` for its card of today; or for the card that is named.
    static func tables(card: SQL? = nil) -> SQL {
        if let card { return "card c join group_pass g on g.id = c.group_pass_id and \(fragment: card)" }
        return """
            group_pass g left join lateral (
                select number, type, status from card where group_pass_id = g.id
                order by status = 'deleted', changed_at desc, id desc limit 1) as c on true
            """
    }

    static func columns(on today: CivilDate) -> SQL {
        """
        g.id, g.card_system_id, g.name, g.email, g.phone, g.street, g.postal_code, g.city, g.country, g.end_date,
        g.has_opportunity, g.tickets_per_year, g.counter_id, g.created_at, g.version, c.number as card_number,
        c.type as card_type, c.status as card_status, \(fragment: remaining(on: today)) as remaining
        """
    }

    /// The tickets that are left of a day's year, whatever the state of `group_pass g`.
    static func remaining(on today: CivilDate) -> SQL {
        """
        coalesce((select a.remaining from group_allowance a
            where a.group_pass_id = g.id and a.year = \(today.year)), g.tickets_per_year)
        """
    }

    init(row: Row, today: CivilDate) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        email = try row["email"]
        phone = try row["phone"]
        address = try AddressView(row: row)
        if let number: CardNumber = try row["card_number"] {
            card = CurrentCard(number: number, type: try row["card_type"], status: try row["card_status"])
        } else {
            card = nil
        }
        facts = GroupPassFacts(
            endDate: try row["end_date"], hasOpportunity: try row["has_opportunity"], remaining: try row["remaining"])
        status = facts.status(on: today)
        availableTickets = facts.availableTickets(on: today)
        ticketsPerYear = try row["tickets_per_year"]
        counter = try row["counter_id"]
        createdAt = try row["created_at"]
        version = try row["version"]
    }
}

extension Call {
    /// A group's pass where the caller may do this. Any other is answered like one that does not exist.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, as it will be changed.
    func groupPass(_ id: GroupPassID, lock: Bool = false) throws -> GroupPassRecord {
        if lock { _ = try transaction.query("select from group_pass where id = \(id) for update") }
        let today = Brussels.date(now)
        let row = try transaction.first(
            """
            select \(fragment: GroupPassRecord.columns(on: today)) from \(fragment: GroupPassRecord.tables())
            where g.id = \(id) and \(fragment: serves(column: "g.card_system_id"))
            """)
        guard let row else { throw Refusal(.groupPassNotFound, at: "/groupPassId") }
        let pass = try GroupPassRecord(row: row, today: today)
        audit.cardSystem = pass.cardSystem
        audit.object(id)
        return pass
    }
}

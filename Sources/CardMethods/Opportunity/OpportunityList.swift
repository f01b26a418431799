import CardRules
import JSONRPC
import Postgres

enum OpportunityList: Method {
    static let declaration = Declaration(
        "opportunity.list", .reads, by: .staff(.passHolderRegisterOpportunity),
        "Lists who has an opportunity status in a card system, by its end date and by name.",
        details: "With endsFrom and endsUntil on one day: everyone whom a renewal campaign is about.",
        refusals: [.cardSystemNotFound, .municipalityNotFound])

    struct Params: Parameters {
        let filter: OpportunityFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = OpportunityFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<OpportunityHolder> {
        let condition = try params.filter.condition(in: call)
        let (page, today) = (params.page, Brussels.date(call.now))
        let total: Int? =
            page.withTotal
            ? try call.transaction.query(
                """
                select count(*) from membership m join pass_holder h on h.id = m.holder_id
                where \(fragment: condition)
                """)[0][0] : nil
        // The end date alone again, as an index can begin there.
        let rest: SQL =
            try page.after.map(Self.place).map { place in
                """
                and m.opportunity_end_date >= \(place.endDate)
                and (m.opportunity_end_date, h.name_key || ' ' || h.first_name_key, h.id)
                    > (\(place.endDate), \(place.name), \(place.holder))
                """
            } ?? ""
        let rows = try call.transaction.query(
            """
            select m.opportunity_end_date, m.opportunity_suspended_until, s.opportunity_grace_days, m.status, h.id,
                h.name, h.first_name, h.date_of_birth, h.email, h.street, h.postal_code, h.city, h.country,
                c.number as card_number, h.name_key || ' ' || h.first_name_key as sort_name
            from membership m join pass_holder h on h.id = m.holder_id join card_system s on s.id = m.card_system_id
            left join card c on c.id = m.current_card_id
            where \(fragment: condition) \(fragment: rest)
            order by m.opportunity_end_date, h.name_key || ' ' || h.first_name_key, h.id limit \(page.limit + 1)
            """)
        return page.page(try rows.map { try OpportunityHolder(row: $0, today: today) }, total: total, cursor: \.place)
    }

    /// Where a page begins: after this person of this end date.
    private static func place(_ cursor: PageCursor) throws -> (endDate: CivilDate, name: String, holder: ID<Never>) {
        guard let endDate = CivilDate(text: String(cursor.key.prefix(10))) else {
            throw InvalidParameters(problems: [Problem(pointer: "/cursor", reason: "must be the nextCursor of a page")])
        }
        return (endDate, String(cursor.key.dropFirst(10)), cursor.id)
    }
}

/// Somebody with an opportunity status.
struct OpportunityHolder: ResultRecord {
    let holder: PassHolderID
    let name: String
    let firstName: String
    let dateOfBirth: CivilDate
    let email: EmailAddress?
    let address: AddressView
    let cardNumber: CardNumber?
    let membership: MembershipStatus
    let opportunity: OpportunityStatus
    /// Where the next page begins after.
    let place: PageCursor

    static let fields: [ResultField<OpportunityHolder>] = [
        .init("passHolderId", "The person.") { $0.holder },
        .init("name", "The family name.") { $0.name },
        .init("firstName", "The first name.") { $0.firstName },
        .init("dateOfBirth", "The day of birth.") { $0.dateOfBirth },
        .init("email", "To reach the person.") { $0.email },
        .init("address", "Where the person lives.") { $0.address },
        .init("cardNumber", "The card that came with the membership last.") { $0.cardNumber },
        .init("membershipStatus", "Whether the membership can be used.") { $0.membership },
        .init("opportunityStatus", "How it stands today.") { OpportunityView(status: $0.opportunity) },
    ]

    init(row: Row, today: CivilDate) throws {
        let endDate: CivilDate = try row["opportunity_end_date"]
        holder = try row["id"]
        name = try row["name"]
        firstName = try row["first_name"]
        dateOfBirth = try row["date_of_birth"]
        email = try row["email"]
        address = try AddressView(row: row)
        cardNumber = try row["card_number"]
        membership = try row["status"]
        opportunity = OpportunityStatus(
            endDate: endDate, suspendedUntil: try row["opportunity_suspended_until"],
            graceDays: try row["opportunity_grace_days"], on: today)
        place = PageCursor(key: endDate.text + (try row["sort_name"] as String), id: holder)
    }
}

import CardRules
import JSONRPC
import Postgres

/// A person in a list, with what a spreadsheet of pass holders holds (R-175).
struct PassHolderSummary: ResultRecord {
    let id: PassHolderID
    let name: String
    let firstName: String
    let dateOfBirth: CivilDate
    let gender: Gender?
    let nationality: String?
    let inszMasked: String?
    let email: EmailAddress?
    let phone: PhoneNumber?
    let mobile: PhoneNumber?
    let address: AddressView
    let status: MembershipStatus
    let cardNumber: CardNumber?
    let opportunityEndDate: CivilDate?
    let registeredAt: Instant

    static let fields: [ResultField<PassHolderSummary>] = [
        .init("id", "The person.") { $0.id },
        .init("cardNumber", "Of the oldest active membership with an active card (NUM-09).") { $0.cardNumber },
        .init("name", "The family name.") { $0.name },
        .init("firstName", "The first name.") { $0.firstName },
        .init("dateOfBirth", "The day of birth.") { $0.dateOfBirth },
        .init("gender", "How the person is registered.") { $0.gender },
        .init("address", "Where the person lives.") { $0.address },
        .init("phone", "A telephone number.") { $0.phone },
        .init("mobile", "A number that takes text messages.") { $0.mobile },
        .init("email", "To reach the person.") { $0.email },
        .init("nationality", "The nationality.") { $0.nationality },
        .init("opportunityEndDate", "The last entitled day in an own card system, of several the latest.") {
            $0.opportunityEndDate
        },
        .init("inszMasked", "The first and last two digits of the INSZ; absent if it is not known.") { $0.inszMasked },
        .init("status", "`blocked` if no membership is active, in whatever card system (R-018).") { $0.status },
        .init("registeredAt", "When it was done.") { $0.registeredAt },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        firstName = try row["first_name"]
        dateOfBirth = try row["date_of_birth"]
        gender = try row["gender"]
        nationality = try row["nationality"]
        inszMasked = try row["insz_masked"]
        email = try row["email"]
        phone = try row["phone"]
        mobile = try row["mobile"]
        address = try AddressView(row: row)
        status = try row["status"]
        cardNumber = try row["card_number"]
        opportunityEndDate = try row["opportunity_end_date"]
        registeredAt = try row["registered_at"]
    }
}

extension Call {
    /// Pass holders of own card systems, in the order of their ids as given; who is not visible is left out.
    func summaries(of holders: [PassHolderID]) throws -> [PassHolderSummary] {
        let rows = try transaction.query(
            """
            select h.id, h.name, h.first_name, h.date_of_birth, h.gender, h.nationality, h.insz_masked, h.email,
                h.phone, h.mobile, h.street, h.postal_code, h.city, h.country, h.status, h.registered_at,
                (select c.number from membership m join card c on c.id = m.current_card_id
                    where m.holder_id = h.id and m.status = 'active' and c.status = 'active'
                        and \(fragment: serves(column: "m.card_system_id"))
                    order by m.since, m.id limit 1) as card_number,
                (select max(m.opportunity_end_date) from membership m
                    where m.holder_id = h.id and \(fragment: serves(column: "m.card_system_id")))
                    as opportunity_end_date
            from pass_holder h where h.id = any (\(holders))
            """)
        let summaries = try rows.map(PassHolderSummary.init)
        let byID = Dictionary(summaries.map { ($0.id, $0) }) { first, _ in first }
        return holders.compactMap { byID[$0] }
    }
}

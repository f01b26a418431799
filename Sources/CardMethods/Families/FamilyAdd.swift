import CardRules
import JSONRPC
import Postgres

enum FamilyAdd: Method {
    static let declaration = Declaration(
        "family.add", .writes, by: .family,
        "Adds somebody to a pass holder's family by a card (FAM-02, FAM-03, R-190).",
        details: "A pass holder proves with the other's registration token that he may; staff need not. Who has an "
            + "e-mail address is mailed a token to leave the family with (FAM-04).",
        refusals: [
            .passHolderNotFound, .passHolderBlocked, .cardBlocked, .cardNotActive, .cardGroupPass, .tokenInvalid,
            .familyMemberExists, .familyTooManyMembers, .familyTooManyAdults,
        ])

    struct Params: Parameters {
        let holder: PassHolderID?
        let number: CardNumber
        let icon: FamilyIcon?
        let token: String?

        init(from reader: inout ParameterReader) {
            holder = FamilyParams(from: &reader).holder
            number = reader.required("cardNumber", "The 13 digits on a card of the person who is added.")
            icon = reader.optional("icon", "Which picture a client shows.")
            token = reader.optional("registrationToken", "That person's; needed of pass holders, not of staff.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> FamilyRecord {
        let main = try call.familyMain(params.holder)
        // One after another: each must see whom the other added.
        _ = try call.transaction.query("select from pass_holder where id = \(main) for update")
        let family = try call.family(of: main)
        let person = try person(params, main, in: call)
        try FamilyRules.reasons(
            adding: person.birthDate, isMember: family.members.contains { $0.id == person.id }, to: family.facts,
            on: Brussels.date(call.now)
        ).refuse()
        call.audit.told.append(("memberId", .string(person.id.text)))
        let mail = person.mail
        try call.transaction.run(
            [
                """
                insert into family_member (id, main_id, member_id, added_at)
                values (\(call.newID() as FamilyMemberID), \(main), \(main), \(call.now)) on conflict do nothing
                """,
                """
                insert into family_member (id, main_id, member_id, icon, added_at, removal_token_hash)
                values (\(call.newID() as FamilyMemberID), \(main), \(person.id), \(params.icon), \(call.now),
                    \(mail.map { Secret.hash($0.token) }))
                """,
            ] + (mail.map { [$0.queue(at: call.realNow)] } ?? []))
        return try call.family(of: main)
    }

    private struct Person {
        let id: PassHolderID
        let birthDate: CivilDate
        let mail: FamilyMail?
    }

    /// Whose card it is. A pass holder without the right token learns nothing of it.
    private static func person(_ params: Params, _ main: PassHolderID, in call: Call) throws -> Person {
        let row = try call.acrossCardSystems {
            try call.transaction.first(
                """
                select c.status as card_status, c.is_group_pass, c.holder_id, h.first_name, h.date_of_birth, h.status,
                    h.email, (select a.language from holder_login l join account a on a.id = l.account_id
                        where l.holder_id = h.id) as language
                from card c left join pass_holder h on h.id = c.holder_id where c.number = \(params.number)
                """)
        }
        let holder: PassHolderID? = try row?["holder_id"]
        if call.scope.holder == main { try prove(params.token, holder, in: call) }
        guard let row else { throw Refusal(.passHolderNotFound, at: "/cardNumber") }
        let status: CardStatus = try row["card_status"]
        var reasons = [status.reasonAgainstUse].compactMap(\.self)
        if try row["is_group_pass"] { reasons.append(Reason(.cardGroupPass)) }
        if try row["status"] as MembershipStatus? == .blocked { reasons.append(Reason(.passHolderBlocked)) }
        try reasons.map { Reason($0.kind, at: "/cardNumber") }.refuse()
        guard let holder else { throw Refusal(.passHolderNotFound, at: "/cardNumber") }
        let mail = try (row["email"] as EmailAddress?).map {
            FamilyMail(
                to: $0, name: try row["first_name"], language: try row["language"] ?? .nl,
                token: Secret.make(prefix: FamilyMail.tokenPrefix, bytes: 32))
        }
        return Person(id: holder, birthDate: try row["date_of_birth"], mail: mail)
    }

    /// FAM-03: the token is of the person whose card it is.
    private static func prove(_ token: String?, _ holder: PassHolderID?, in call: Call) throws {
        let pointer = "/registrationToken"
        guard let token else {
            throw InvalidParameters(problems: [
                Problem(pointer: pointer, reason: "is missing: a pass holder proves whom he adds")
            ])
        }
        guard try RegistrationToken.verify(token, pointer: pointer, in: call) == holder else {
            throw Refusal(.tokenInvalid, at: pointer)
        }
    }
}

import CardRules
import JSONRPC
import Postgres

/// A person's family: he himself, and whom he added.
struct FamilyRecord: ResultRecord {
    let main: PassHolderID
    let membersMaximum: Int
    let adultsMaximum: Int
    let members: [FamilyMemberRecord]

    static let fields: [ResultField<FamilyRecord>] = [
        .init("passHolderId", "The main member.") { $0.main },
        .init("members", "The main member first, then as they were added (FAM-01).") { $0.members },
        .init("membersMaximum", "How many it may count; of several card systems the widest.") { $0.membersMaximum },
        .init("adultsMaximum", "How many of them may be of age when one is added.") { $0.adultsMaximum },
    ]

    /// Against which one more is held.
    var facts: FamilyFacts {
        FamilyFacts(
            membersMaximum: membersMaximum, adultsMaximum: adultsMaximum, birthDates: members.map(\.birthDate))
    }
}

/// Somebody of a family.
struct FamilyMemberRecord: ResultRecord {
    let id: PassHolderID
    let firstName: String
    /// For those who may see the person anyway.
    let name: String?
    let birthDate: CivilDate
    let cardNumber: CardNumber?
    let isMain: Bool
    let icon: FamilyIcon?
    let addedAt: Instant?
    let today: CivilDate

    static let fields: [ResultField<FamilyMemberRecord>] = [
        .init("passHolderId", "The person.") { $0.id },
        .init("firstName", "The first name.") { $0.firstName },
        .init("name", "The family name, of members of own card systems.") { $0.name },
        .init("cardNumber", "Of the oldest active membership with an active card (NUM-09).") { $0.cardNumber },
        .init("isAdult", "Of age today.") { Age.years(born: $0.birthDate, on: $0.today) >= Age.majority },
        .init("isMainMember", "Whose family it is.") { $0.isMain },
        .init("icon", "Which picture a client shows.") { $0.icon },
        .init("addedAt", "Since when; absent for the main member of a family of one.") { $0.addedAt },
    ]

    init(row: Row, today: CivilDate) throws {
        id = try row["id"]
        firstName = try row["first_name"]
        name = try row["is_own"] ? row["name"] : nil
        birthDate = try row["date_of_birth"]
        cardNumber = try row["card_number"]
        isMain = try row["is_main"]
        icon = try row["icon"]
        addedAt = try row["added_at"]
        self.today = today
    }
}

/// The name of a picture that a client knows.
struct FamilyIcon: WrittenValue {
    let text: String

    static let format = "icon-name"
    static let placeholder = FamilyIcon(unchecked: "icon")

    private init(unchecked text: String) { self.text = text }

    init(checking text: String) throws(Malformed) {
        let isName = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isName, (1...40).contains(text.utf8.count) else {
            throw Malformed("must have 1 to 40 letters, digits, hyphens and underscores")
        }
        self.text = text
    }
}

extension Access {
    /// Registration counters and administrators, and pass holders for their own family (FAM-03, FAM-04).
    static let family = Access(Access.staff(.passHolderFamily).ways + [.holder])
}

extension Call {
    /// Whether the caller is the person, or may do this for him.
    func actsFor(_ holder: PassHolderID) throws -> Bool {
        if scope.holder == holder { return true }
        return try transaction.first(
            "select from pass_holder h where h.id = \(holder) and \(fragment: isOwn(holder: "h.id"))") != nil
    }

    /// The person whose family it is: a pass holder himself if nobody is named.
    func familyMain(_ named: PassHolderID?) throws -> PassHolderID {
        guard let main = named ?? scope.holder else {
            let reason = "is missing: staff name the person"
            throw InvalidParameters(problems: [Problem(pointer: "/passHolderId", reason: reason)])
        }
        guard try actsFor(main) else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        try noteFamily(of: main)
        return main
    }

    /// The audit row is the card system's through which the caller may do this, if there is one.
    func noteFamily(of main: PassHolderID) throws {
        audit.object(main)
        if let own = try memberships(of: main).first(where: { serves($0.cardSystem) }) {
            audit.cardSystem = own.cardSystem
        }
    }

    /// A family as it is now. Its people may be members of other card systems: of them the caller is told what a pass
    /// shows.
    func family(of main: PassHolderID) throws -> FamilyRecord {
        let today = Brussels.date(now)
        return try acrossCardSystems {
            let members = try transaction.query(
                """
                select h.id, h.first_name, h.name, h.date_of_birth, h.id = \(main) as is_main, f.icon, f.added_at,
                    \(fragment: isOwn(holder: "h.id")) as is_own,
                    (select c.number from membership m join card c on c.id = m.current_card_id
                        where m.holder_id = h.id and m.status = 'active' and c.status = 'active'
                        order by m.since, m.id limit 1) as card_number
                from pass_holder h
                left join family_member f on f.main_id = \(main) and f.member_id = h.id and f.ended_at is null
                where h.id in (select \(main) union all
                    select member_id from family_member where main_id = \(main) and ended_at is null)
                order by is_main desc, f.added_at, h.id
                """
            ).map { try FamilyMemberRecord(row: $0, today: today) }
            let caps = try transaction.query(
                """
                select max(s.family_members_maximum), max(s.family_adults_maximum)
                from membership m join card_system s on s.id = m.card_system_id where m.holder_id = \(main)
                """)[0]
            return FamilyRecord(
                main: main, membersMaximum: try caps[0], adultsMaximum: try caps[1], members: members)
        }
    }
}

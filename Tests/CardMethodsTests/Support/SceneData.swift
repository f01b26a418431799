import CardRules
import JSONRPC
import Postgres

@testable import CardMethods

/// Ids that are the same in every run: a kind, and a number within it.
private func fixed<Kind>(_ kind: UInt64, _ number: Int) -> ID<Kind> {
    ID(high: 0x0000_0000_0000_7000 | kind << 32, low: 0x8000_0000_0000_0000 | UInt64(number))
}

/// What every scene begins with: two card systems, three counters, forty holders with cards, and one event that is
/// always open. Written as rows, because the methods that make these are other suites' business.
enum SceneData {
    /// When it begins: a Monday far from the ends of a week, a month and a quarter, and from midnight.
    static let start = Instant(text: "2030-06-03T10:00:00+02:00")!

    static let here: CardSystemID = fixed(1, 1)
    static let there: CardSystemID = fixed(1, 2)

    /// The counters, each its own organizer; the first is also a place.
    enum Place: Int, CaseIterable {
        case library = 1, museum, elsewhere

        var counter: CounterID { fixed(2, rawValue) }
        var organizer: OrganizerID { fixed(3, rawValue) }
        var hall: PlaceID { fixed(4, rawValue) }
        var cardSystem: CardSystemID { self == .elsewhere ? there : here }
    }

    /// Those who have an account and a session.
    enum Person: Int, CaseIterable {
        case operating = 1, administrator, otherAdministrator, librarian, guide, clerkElsewhere

        var account: AccountID { fixed(5, rawValue) }
        var token: String { "kss_\(self)" }

        var counter: CounterID? {
            switch self {
            case .operating, .administrator, .otherAdministrator: nil
            case .librarian: Place.library.counter
            case .guide: Place.museum.counter
            case .clerkElsewhere: Place.elsewhere.counter
            }
        }

        var cardSystem: CardSystemID { self == .otherAdministrator || self == .clerkElsewhere ? there : here }
    }

    /// A pass holder with one active card. The last ten are members of the other card system only.
    struct Holder: Sendable, Hashable {
        let index: Int

        init(_ index: Int) { self.index = index }

        static let count = 50
        var id: PassHolderID { fixed(6, index) }
        var card: CardID { fixed(7, index) }
        var account: LedgerAccountID { fixed(8, index) }
        var cardSystem: CardSystemID { index > 40 ? there : here }
        var number: String { CardNumber(prefix: "0900", serial: index, opportunity: index % 3 == 0)!.text }
        var chip: String { "04" + String(0x1000_0000_0000 + index, radix: 16) }
    }

    /// Around the clock, at the library; a point a day.
    static let alwaysOpen = event(1)

    static func event(_ number: Int) -> EventID { fixed(9, number) }
    /// A card of a group, and one that nobody has yet.
    static let groupCard = CardNumber(prefix: "0900", serial: 901, opportunity: false)!.text
    static let group: GroupPassID = fixed(10, 1)
    static let stockCard = CardNumber(prefix: "0900", serial: 902, opportunity: false)!.text

    static func statements(_ realNow: Instant) -> [SQL] {
        platform(realNow) + Place.allCases.flatMap(counter) + Person.allCases.flatMap { person($0, realNow) }
            + (1...Holder.count).flatMap { holder(Holder($0)) } + otherCards + [cardSteps]
    }

    private static func platform(_ realNow: Instant) -> [SQL] {
        let all = Permission.allCases.map(\.rawValue)
        return ["update platform set clock_offset_microseconds = \((start - realNow).microseconds)"]
            + [(here, "Here"), (there, "There")].flatMap { id, name -> [SQL] in
                [
                    "insert into card_system (id, name, created_at) values (\(id), \(name), \(start))",
                    "insert into tenant_head (card_system_id, hash) values (\(id), sha256(''))",
                    """
                    insert into permission_group (id, card_system_id, name, permissions)
                    values (\(id), \(id), 'Everything', \(all))
                    """,
                ]
            }
    }

    private static func counter(_ place: Place) -> [SQL] {
        [
            """
            insert into counter (id, card_system_id, name, status, organizer_id, location_ids, created_at)
            values (\(place.counter), \(place.cardSystem), \("\(place)"), 'active', \(place.organizer), \([place.hall]),
                \(start))
            """,
            """
            insert into counter_card_system (counter_id, card_system_id) values (\(place.counter), \(place.cardSystem))
            """,
            """
            insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            values (\(place.counter), \(place.cardSystem), \(place.cardSystem))
            """,
        ]
    }

    private static func person(_ person: Person, _ realNow: Instant) -> [SQL] {
        let (id, email) = (person.account, "\(person)@example.org")
        let account: SQL = """
            insert into account (id, email, email_key, name, password_salt, password_hash, email_confirmed_at,
                created_at)
            values (\(id), \(email), lower(\(email)), \(email), ''::bytea, ''::bytea, \(realNow), \(realNow))
            """
        let session: SQL = """
            insert into session (id, token_hash, account_id, counter_id, created_at, last_used_at, ends_at)
            values (\(id), \(Secret.hash(person.token)), \(id), \(person.counter), \(realNow), \(realNow),
                \(realNow + .days(1)))
            """
        let right: SQL
        if let counter = person.counter {
            right = """
                insert into counter_member (counter_id, card_system_id, account_id, role, added_at)
                values (\(counter), \(person.cardSystem), \(id), 'member', \(start))
                """
        } else {
            let role = person == .operating ? "operator" : "cardSystemAdministrator"
            right = """
                insert into role_grant (account_id, role, card_system_id, municipality_id, granted_at)
                values (\(id), \(role), \(person == .operating ? .nil : person.cardSystem),
                    \(MunicipalityID.nil), \(start))
                """
        }
        return [account, right, session]
    }

    private static func holder(_ holder: Holder) -> [SQL] {
        [
            """
            insert into pass_holder (id, first_name, name, name_key, first_name_key, date_of_birth, postal_code, city,
                registered_at)
            values (\(holder.id), 'Ann', 'Holder', 'holder', 'ann', '1990-01-01', '9900', 'Eeklo', \(start))
            """,
            """
            insert into card (id, card_system_id, number, chip_number, type, status, holder_id, changed_at)
            values (\(holder.card), \(holder.cardSystem), \(holder.number), upper(\(holder.chip)), 'nfcCard', 'active',
                \(holder.id), \(start))
            """,
            """
            insert into membership (id, card_system_id, holder_id, current_card_id, since)
            values (\(holder.id), \(holder.cardSystem), \(holder.id), \(holder.card), \(start))
            """,
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            values (\(holder.account), 'point', 'points.holder', \(holder.id), 'credit', 'noOverdraft')
            """,
        ]
    }

    /// Where the cards are when the scene begins.
    private static let cardSteps: SQL = """
        insert into card_step (card_id, version, card_system_id, step, to_status, at)
        select id, version, card_system_id, 'add', status, changed_at from card
        """

    private static var otherCards: [SQL] {
        [
            """
            insert into group_pass (id, card_system_id, name, name_key, postal_code, city, country, has_opportunity,
                tickets_per_year, created_at)
            values (\(group), \(here), 'Scouts', 'scouts', '9900', 'Eeklo', 'BE', true, 20, \(start)),
                (\(fixed(10, 2) as GroupPassID), \(there), 'Guides', 'guides', '9880', 'Aalter', 'BE', true, 20,
                    \(start))
            """,
            """
            insert into association (id, card_system_id, name, end_date_type, renewable_months_before, created_at)
            values (\(fixed(11, 1) as AssociationID), \(there), 'Okra', 'custom', 3, \(start))
            """,
            """
            insert into card (id, card_system_id, number, type, status, is_group_pass, group_pass_id, changed_at)
            values
                (\(fixed(7, 901) as CardID), \(here), \(groupCard), 'nfcCard', 'active', true, \(group), \(start)),
                (\(fixed(7, 902) as CardID), \(here), \(stockCard), 'nfcCard', 'localStock', false, null, \(start))
            """,
        ]
    }
}

import CardRules
import JSONRPC
import Postgres

/// A role that an account holds, and where.
struct RoleRecord: ResultRecord {
    let account: AccountID
    let email: EmailAddress
    let role: GrantableRole
    let cardSystem: CardSystemID?
    let cardSystemName: String?
    let municipality: MunicipalityID?
    let municipalityName: String?
    let grantedAt: Instant

    static let fields: [ResultField<RoleRecord>] = [
        .init("accountId", "Who holds it.") { $0.account },
        .init("email", "What that account logs in with.") { $0.email },
        .init("role", "The role.") { $0.role },
        .init("cardSystemId", "Where it holds; absent for an operator.") { $0.cardSystem },
        .init("cardSystemName", "What that is called.") { $0.cardSystemName },
        .init("municipalityId", "Where in it a municipality administrator's role holds.") { $0.municipality },
        .init("municipalityName", "What that is called.") { $0.municipalityName },
        .init("grantedAt", "Since when; real time.") { $0.grantedAt },
    ]

    static let columns: SQL = """
        r.account_id, a.email, r.role, s.id as card_system_id, s.name as card_system_name, m.id as municipality_id,
        m.name as municipality_name, r.granted_at
        """

    static let tables: SQL = """
        role_grant r join account a on a.id = r.account_id left join card_system s on s.id = r.card_system_id
        left join municipality m on m.id = r.municipality_id
        """

    init(row: Row) throws {
        account = try row["account_id"]
        email = try row["email"]
        role = try row["role"]
        cardSystem = try row["card_system_id"]
        cardSystemName = try row["card_system_name"]
        municipality = try row["municipality_id"]
        municipalityName = try row["municipality_name"]
        grantedAt = try row["granted_at"]
    }
}

/// A role and where it holds, as `role.grant` and `role.revoke` name it.
struct RoleParams: Sendable {
    let role: GrantableRole
    let cardSystem: CardSystemID?
    let municipality: MunicipalityID?

    init(from reader: inout ParameterReader) {
        role = reader.required("role", "The role.")
        cardSystem = reader.optional("cardSystemId", "Where a card-system administrator's role holds.")
        municipality = reader.optional("municipalityId", "Where a municipality administrator's role holds.")
        if (cardSystem != nil) != (role == .cardSystemAdministrator) {
            reader.refuse("cardSystemId", "is given for a card-system administrator, and for no other role")
        }
        if (municipality != nil) != (role == .municipalityAdministrator) {
            reader.refuse("municipalityId", "is given for a municipality administrator, and for no other role")
        }
    }
}

/// The row of `role_grant` that a role is, once it is known that the caller may grant it.
struct RoleKey {
    let role: GrantableRole
    /// The nil id for an operator.
    let cardSystem: CardSystemID
    /// The nil id for all but municipality administrators.
    let municipality: MunicipalityID

    /// An operator grants any role; an administrator those within his card system.
    init(_ params: RoleParams, in call: Call) throws {
        role = params.role
        municipality = params.municipality ?? .nil
        if let id = params.municipality {
            let row = try call.transaction.first("select card_system_id from municipality where id = \(id)")
            guard let row else { throw Refusal(.municipalityNotFound, at: "/municipalityId") }
            cardSystem = try row["card_system_id"]
        } else if let id = params.cardSystem {
            try call.requireCardSystem(id)
            cardSystem = id
        } else {
            cardSystem = .nil
        }
        try call.require(cardSystem.isNil ? call.scope.isOperator : call.scope.administers(cardSystem))
        call.audit.cardSystem = cardSystem
    }

    /// Which row of an account it is.
    func condition(_ account: AccountID) -> SQL {
        """
        r.account_id = \(account) and r.role = \(role) and r.card_system_id = \(cardSystem)
            and r.municipality_id = \(municipality)
        """
    }
}

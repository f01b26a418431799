import CardRules

/// Who may call a method. A caller gets in by any one of the ways; each way says for which card systems.
struct Access: Sendable, ExpressibleByArrayLiteral {
    enum Way: Sendable, Hashable {
        /// Without login.
        case everyone
        /// Whoever has an account and is logged in.
        case account
        case `operator`
        case cardSystemAdministrator
        case municipalityAdministrator
        /// Staff of the chosen counter, where it holds the permission.
        case counter(Permission)
        /// Staff of the chosen counter, in all card systems that it works in.
        case counterStaff
        /// Admins among the staff of the chosen counter.
        case counterAdmin
        case pillar
        /// A pass holder with a login, for himself and what the method allows for the family.
        case holder
    }

    let ways: [Way]

    init(arrayLiteral elements: Way...) { ways = elements }
    init(_ ways: [Way]) { self.ways = ways }

    /// Administrators do everything that staff with the permission may do (PER-06).
    static func staff(_ permission: Permission) -> Access {
        [.counter(permission), .cardSystemAdministrator, .operator]
    }

    /// For the reference: `operator, card-system administrator, counter with checkIn.write`.
    var text: String { ways.map(\.text).joined(separator: ", ") }

    var isPublic: Bool { ways.contains(.everyone) }
}

extension Access.Way {
    var text: String {
        switch self {
        case .everyone: "everyone, without login"
        case .account: "any account"
        case .operator: "operator"
        case .cardSystemAdministrator: "card-system administrator"
        case .municipalityAdministrator: "municipality administrator"
        case .counter(let permission): "counter with \(permission.rawValue)"
        case .counterStaff: "staff of the counter"
        case .counterAdmin: "admin of the counter"
        case .pillar: "pillar"
        case .holder: "pass holder"
        }
    }
}

/// What one caller may touch in one call: computed from the caller's roles and the method's access.
struct Scope: Sendable, Hashable {
    /// Everything, as the platform.
    var isOperator = false
    /// Card systems in which the caller administers everything.
    var administered: Set<CardSystemID> = []
    /// Municipalities of which the caller is administrator, with their card systems.
    var municipalities: [MunicipalityID: CardSystemID] = [:]
    /// The card systems in which the chosen counter, or the pillar, may do this.
    var atCounter: Set<CardSystemID> = []
    /// The person that the caller is, where he acts as himself.
    var holder: PassHolderID?

    var cardSystems: Set<CardSystemID> { administered.union(municipalities.values).union(atCounter) }

    /// Whether the caller stands over the whole card system.
    func administers(_ cardSystem: CardSystemID) -> Bool { isOperator || administered.contains(cardSystem) }

    /// Whether the caller stands over a counter there.
    func administers(_ cardSystem: CardSystemID, municipality: MunicipalityID?) -> Bool {
        administers(cardSystem) || municipality.map { municipalities[$0] == cardSystem } == true
    }
}

extension Access {
    /// `nil` if no way leads in.
    func scope(of caller: Caller) -> Scope? {
        var scope = Scope()
        var isIn = false
        for way in ways { if admit(way, caller, &scope) { isIn = true } }
        return isIn ? scope : nil
    }

    private func admit(_ way: Way, _ caller: Caller, _ scope: inout Scope) -> Bool {
        switch way {
        case .everyone: return true
        case .account: return caller.accountID != nil
        case .operator:
            scope.isOperator = caller.isOperator
            return caller.isOperator
        case .cardSystemAdministrator:
            scope.administered.formUnion(caller.administered)
            return !caller.administered.isEmpty
        case .municipalityAdministrator:
            scope.municipalities.merge(caller.municipalities) { old, _ in old }
            return !caller.municipalities.isEmpty
        case .counter(let permission):
            return enter(caller.counter, &scope) { $0.contains(permission) }
        case .counterStaff:
            return enter(caller.counter, &scope) { _ in true }
        case .counterAdmin:
            return caller.counter?.role == .admin && enter(caller.counter, &scope) { _ in true }
        case .pillar:
            guard let pillar = caller.pillar else { return false }
            scope.atCounter.insert(pillar.cardSystem)
            return true
        case .holder:
            scope.holder = caller.holder
            return caller.holder != nil
        }
    }

    private func enter(
        _ counter: Caller.Counter?, _ scope: inout Scope, where fits: (Set<Permission>) -> Bool
    ) -> Bool {
        guard let counter, counter.isActive else { return false }
        let systems = counter.permissions.filter { fits($0.value) }.map(\.key)
        scope.atCounter.formUnion(systems)
        return !systems.isEmpty
    }
}

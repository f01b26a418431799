/// What a script of cards and memberships ought to come to, told as plainly as can be.
struct MembershipModel {
    /// The first region, whose counter is in Eeklo, and the second, whose counter is in Deinze.
    enum System: CaseIterable {
        case first, second

        var home: String { self == .first ? "9900" : "9800" }
    }

    struct Membership {
        var isBlocked = false
        var hasStatus = false
        var card: Int?
    }

    struct Person {
        var home: String
        var memberships: [System: Membership] = [:]
        var isBlocked: Bool { memberships.values.allSatisfy(\.isBlocked) }
    }

    struct Card {
        let person: Int
        let system: System
        var status = "active"
        let isOpportunity: Bool
    }

    var people: [Person] = []
    var cards: [Card] = []

    func activeCards(of person: Int) -> [Int] {
        cards.indices.filter { cards[$0].person == person && cards[$0].status == "active" }
    }

    /// Everything that is against a membership, with a digital card or with the one there is.
    func reasons(
        _ person: Int, _ system: System, isNew: Bool, status: Bool, home new: String?, without blocked: Int? = nil,
        leaving: System? = nil
    ) -> Set<String> {
        let (existing, home) = (people[person].memberships[system], new ?? people[person].home)
        var reasons: Set<String> = []
        if status, home != system.home {
            reasons = ["registration.otherMunicipality", "postalCode.notInCardSystem"]
        }
        if people[person].isBlocked || existing?.isBlocked == true { reasons.insert("passHolder.blocked") }
        if let existing, existing.hasStatus == status { reasons.insert("membership.exists") }
        let others = activeCards(of: person).filter { $0 != blocked }
        if !isNew, status || existing?.hasStatus == true || others.isEmpty { reasons.insert("membership.cardNeeded") }
        let left = people[person].memberships.contains { $0 != leaving && $1.hasStatus && $0.home != new }
        if new != nil, new != people[person].home, left { reasons.insert("address.outsideRegion") }
        return reasons
    }

    mutating func set(_ person: Int, _ system: System, isNew: Bool, status: Bool, home: String?) {
        if let old = people[person].memberships[system]?.card, cards[old].status == "active" {
            cards[old].status = "blocked"
        }
        people[person].memberships[system, default: Membership()].hasStatus = status
        if isNew { issue(person, system, isOpportunity: status) }
        if let home { people[person].home = home }
    }

    mutating func issue(_ person: Int, _ system: System, isOpportunity: Bool) {
        people[person].memberships[system]!.card = cards.count
        cards.append(Card(person: person, system: system, isOpportunity: isOpportunity))
    }

    /// The card that a move from the system blocks.
    func cardThatEnds(_ person: Int, leaving system: System) -> Int? {
        guard let left = people[person].memberships[system], left.hasStatus else { return nil }
        return left.card
    }

    /// Everything that is against a move to the other system's home.
    func reasonsAgainstMove(_ person: Int, to system: System, isNew: Bool, status: Bool) -> Set<String> {
        let from: System = system == .first ? .second : .first
        let stays = people[person].memberships[system].map { $0.hasStatus || !status } ?? false
        var reasons = reasons(
            person, system, isNew: isNew, status: status, home: system.home,
            without: cardThatEnds(person, leaving: from), leaving: from)
        if stays {
            reasons.subtract(["membership.exists", "membership.cardNeeded"])
            if isNew { reasons.insert("membership.exists") }
        }
        if people[person].memberships[from] == nil { reasons.insert("membership.notFound") }
        return reasons
    }

    mutating func move(_ person: Int, to system: System, isNew: Bool, status: Bool) {
        let from: System = system == .first ? .second : .first
        if people[person].memberships[from]!.hasStatus {
            if let card = people[person].memberships[from]!.card, cards[card].status == "active" {
                cards[card].status = "blocked"
            }
            people[person].memberships[from]!.card = nil
            people[person].memberships[from]!.hasStatus = false
        }
        let stays = people[person].memberships[system].map { $0.hasStatus || !status } ?? false
        if stays {
            people[person].home = system.home
        } else {
            set(person, system, isNew: isNew, status: status, home: system.home)
        }
    }

    /// Everything that is against a digital card in place of the current one.
    func reasonsAgainstReplacing(_ person: Int, _ system: System) -> Set<String> {
        let isBlocked = people[person].isBlocked || people[person].memberships[system]!.isBlocked
        return isBlocked ? ["passHolder.blocked"] : []
    }

    mutating func replace(_ person: Int, _ system: System, isDefect: Bool) {
        let membership = people[person].memberships[system]!
        if let old = membership.card, cards[old].status != "deleted" {
            cards[old].status = isDefect ? "deleted" : "blocked"
        }
        issue(person, system, isOpportunity: membership.hasStatus)
    }
}

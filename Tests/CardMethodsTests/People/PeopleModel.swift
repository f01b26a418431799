import CardRules

/// What a script of people, cards, statuses, merges and points ought to come to, told as plainly as can be.
struct PeopleModel {
    struct Membership: Equatable {
        var holder: Int
        let isHere: Bool
        var isBlocked = false
        var endDate: CivilDate?
        var suspendedUntil: CivilDate?
        var card: Int
        /// Another record's membership took its place.
        var isGone = false
    }

    struct Card {
        let number: String
        let isHere: Bool
        var holder: Int
        var status = "active"
    }

    struct Merge {
        let id: String
        let kept: Int
        let merged: Int
        let before: [Int: Membership]
        let after: [Int: Membership]
        let cards: [Int]
        let checkIns: [Int]
        /// The records that lead to the kept one since.
        let records: [Int]
        let points: Int
        var isUndone = false
    }

    static let graceDays = 30

    var today = CivilDate(text: "2030-06-03")!
    var points: [Int] = []
    var mergedInto: [Int: Int] = [:]
    var memberships: [Membership] = []
    var cards: [Card] = []
    var checkIns: [(holder: Int, day: CivilDate)] = []
    var merges: [Merge] = []

    var living: [Int] { points.indices.filter { mergedInto[$0] == nil } }

    mutating func add(_ number: String, isHere: Bool = true, endDate: CivilDate?) {
        memberships.append(.init(holder: points.count, isHere: isHere, endDate: endDate, card: cards.count))
        cards.append(.init(number: number, isHere: isHere, holder: points.count))
        points.append(0)
    }

    func memberships(of holder: Int) -> [Int] { memberships.indices.filter { memberships[$0].holder == holder } }

    func membership(of holder: Int, isHere: Bool) -> Int? {
        memberships(of: holder).first { memberships[$0].isHere == isHere }
    }

    func isBlocked(_ holder: Int) -> Bool { memberships(of: holder).allSatisfy { memberships[$0].isBlocked } }

    /// The status of a membership today.
    func status(_ membership: Int) -> String {
        guard let end = memberships[membership].endDate else { return "none" }
        if let until = memberships[membership].suspendedUntil, until.dayNumber >= today.dayNumber { return "suspended" }
        let late = today.dayNumber - end.dayNumber
        if late <= 0 { return "active" }
        return late <= Self.graceDays ? "grace" : "expired"
    }

    /// The numbers of the cards that entitle today.
    var exported: Set<String> {
        Set(
            cards.filter { card in
                guard card.isHere, card.status == "active" else { return false }
                return memberships(of: card.holder).contains {
                    memberships[$0].isHere && !memberships[$0].isBlocked && ["active", "grace"].contains(status($0))
                }
            }.map(\.number))
    }

    // MARK: What is against a step

    func reasonsAgainstUsing(_ card: Int) -> Set<String> {
        var reasons: Set<String> = []
        if cards[card].status == "blocked" { reasons.insert("card.blocked") }
        if cards[card].status == "deleted" { reasons.insert("card.notActive") }
        if isBlocked(cards[card].holder) { reasons.insert("passHolder.blocked") }
        return reasons
    }

    /// Once a day.
    func reasonsAgainstCheckIn(_ card: Int) -> Set<String> {
        var reasons = reasonsAgainstUsing(card)
        if isBlocked(cards[card].holder) { reasons.insert("membership.noneActive") }
        if checkIns.contains(where: { $0.holder == cards[card].holder && $0.day == today }) {
            reasons.insert("limit.reached")
        }
        return reasons
    }

    func reasonsAgainstTurning(_ card: Int, blocks: Bool) -> Set<String> {
        let status = cards[card].status
        if blocks { return status == "active" ? [] : [status == "blocked" ? "card.blocked" : "card.notActive"] }
        var reasons: Set<String> = status == "blocked" ? [] : ["card.notBlocked"]
        if !memberships.contains(where: { $0.card == card && !$0.isGone }) { reasons.insert("card.replaced") }
        return reasons
    }

    func reasonsAgainst(_ verb: String, _ membership: Int, _ day: CivilDate) -> Set<String> {
        guard let end = memberships[membership].endDate else { return ["opportunityStatus.none"] }
        var reasons: Set<String> = []
        if verb == "resume" { return status(membership) == "suspended" ? [] : ["opportunityStatus.notSuspended"] }
        if day.dayNumber < today.dayNumber { reasons.insert("opportunityStatus.datePassed") }
        if verb == "extend" {
            if memberships[membership].isBlocked { reasons.insert("passHolder.blocked") }
            if day.dayNumber < end.dayNumber { reasons.insert("opportunityStatus.endsLater") }
        }
        if verb == "end", day.dayNumber >= end.dayNumber { reasons.insert("opportunityStatus.endsEarlier") }
        return reasons
    }

    func reasonsAgainstUnmerging(_ index: Int) -> Set<String> {
        let merge = merges[index]
        if merge.isUndone { return ["merge.alreadyUndone"] }
        let isSame =
            merge.after.allSatisfy { memberships[$0] == $1 }
            && merge.cards.allSatisfy { cards[$0].holder == merge.kept }
            && merge.checkIns.allSatisfy { checkIns[$0].holder == merge.kept }
            && merge.records.allSatisfy { mergedInto[$0] == merge.kept }
        var reasons: Set<String> = isSame ? [] : ["merge.changedSince"]
        if points[merge.kept] < merge.points { reasons.insert("points.alreadySpent") }
        return reasons
    }

    // MARK: What a step does

    mutating func change(_ verb: String, _ membership: Int, _ day: CivilDate) {
        switch verb {
        case "suspend": memberships[membership].suspendedUntil = day
        case "resume": memberships[membership].suspendedUntil = nil
        default: memberships[membership].endDate = day
        }
    }

    mutating func replace(_ membership: Int, with number: String, isDefect: Bool) {
        let old = memberships[membership].card
        if cards[old].status != "deleted" { cards[old].status = isDefect ? "deleted" : "blocked" }
        memberships[membership].card = cards.count
        cards.append(
            .init(number: number, isHere: memberships[membership].isHere, holder: memberships[membership].holder))
    }

    mutating func checkIn(_ card: Int) {
        points[cards[card].holder] += 1
        checkIns.append((cards[card].holder, today))
    }

    mutating func merge(_ id: String, _ merged: Int, into kept: Int) {
        let old = memberships
        for index in memberships(of: merged) {
            guard let other = membership(of: kept, isHere: old[index].isHere) else {
                memberships[index].holder = kept
                continue
            }
            join(index, to: other)
        }
        let changed = old.indices.filter { memberships[$0] != old[$0] }
        let moved = cards.indices.filter { cards[$0].holder == merged }
        let visits = checkIns.indices.filter { checkIns[$0].holder == merged }
        let records = [merged] + mergedInto.filter { $0.value == merged }.map(\.key)
        for index in moved { cards[index].holder = kept }
        for index in visits { checkIns[index].holder = kept }
        for index in records { mergedInto[index] = kept }
        let joined = memberships(of: merged).compactMap { membership(of: kept, isHere: old[$0].isHere) }
        let told = Set(changed).union(joined)
        merges.append(
            .init(
                id: id, kept: kept, merged: merged,
                before: Dictionary(uniqueKeysWithValues: told.map { ($0, old[$0]) }),
                after: Dictionary(uniqueKeysWithValues: told.map { ($0, memberships[$0]) }), cards: moved,
                checkIns: visits, records: records, points: points[merged]))
        points[kept] += points[merged]
        points[merged] = 0
    }

    /// The longer status stays, and a block or a suspension of either.
    private mutating func join(_ index: Int, to other: Int) {
        let (own, kept) = (memberships[index], memberships[other])
        let ends = [own.endDate, kept.endDate].compactMap(\.self).sorted()
        let suspensions = [own.suspendedUntil, kept.suspendedUntil].compactMap(\.self).sorted()
        memberships[other].endDate = ends.last
        memberships[other].suspendedUntil = ends.isEmpty ? nil : suspensions.last
        memberships[other].isBlocked = own.isBlocked || kept.isBlocked
        if cards[kept.card].status != "active", cards[own.card].status == "active" {
            memberships[other].card = own.card
        }
        memberships[index].endDate = nil
        memberships[index].suspendedUntil = nil
        memberships[index].isBlocked = true
        memberships[index].isGone = true
    }

    mutating func unmerge(_ index: Int) {
        let merge = merges[index]
        merges[index].isUndone = true
        for (row, membership) in merge.before { memberships[row] = membership }
        for card in merge.cards { cards[card].holder = merge.merged }
        for checkIn in merge.checkIns { checkIns[checkIn].holder = merge.merged }
        for record in merge.records { mergedInto[record] = record == merge.merged ? nil : merge.merged }
        points[merge.kept] -= merge.points
        points[merge.merged] += merge.points
    }
}

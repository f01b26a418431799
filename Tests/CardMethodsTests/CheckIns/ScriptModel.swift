import CardRules

/// What a script of check-ins ought to come to, told as plainly as can be: every question is answered by going through
/// all that happened.
struct ScriptModel {
    struct Event {
        /// Hours of every day, by the clock on the wall; over midnight where the second is not after the first. `nil`
        /// is around the clock.
        var hours: (opens: Int, closes: Int)?
        var points: Int
        var limit: (volume: Int, period: PeriodLimit.Period)?
    }

    struct Holder {
        var saved = 0
        var owed = 0
        var isCardBlocked = false
        var isBlocked = false

        var shown: Int { saved - owed }
    }

    struct CheckIn {
        let id: String
        let holder: Int
        let event: Int
        let at: Instant
        let points: Int
        /// The part that paid what was owed.
        let paid: Int
        var isCancelled = false
    }

    var events: [Int: Event]
    var holders: [Int: Holder]
    var checkIns: [CheckIn] = []

    /// Everything that is against a check-in.
    func reasons(_ holder: Int, _ event: Int, at now: Instant) -> Set<String> {
        var reasons = reasonsOfHolder(holder)
        if !isOpen(event, at: now) { reasons.insert("checkIn.outsideOpening") }
        if let limit = events[event]!.limit, used(holder, event, limit.period, at: now) >= limit.volume {
            reasons.insert("limit.reached")
        }
        return reasons
    }

    /// The same without the event.
    func reasonsOfHolder(_ index: Int) -> Set<String> {
        let holder = holders[index]!
        return Set(holder.isCardBlocked ? ["card.blocked"] : [])
            .union(holder.isBlocked ? ["passHolder.blocked", "membership.noneActive"] : [])
    }

    /// From an hour before an opening to an hour after it.
    func isOpen(_ event: Int, at now: Instant) -> Bool {
        guard let hours = events[event]!.hours else { return true }
        return (-2...1).contains { offset in
            let day = Brussels.date(now).adding(days: offset)
            let last = hours.closes > hours.opens ? day : day.adding(days: 1)
            let start = Brussels.instant(day, TimeOfDay(hour: hours.opens, minute: 0)!)
            let end = Brussels.instant(last, TimeOfDay(hour: hours.closes, minute: 0)!)
            return start - .hours(1) <= now && now <= end + .hours(1)
        }
    }

    private func used(_ holder: Int, _ event: Int, _ period: PeriodLimit.Period, at now: Instant) -> Int {
        checkIns.count {
            $0.holder == holder && $0.event == event && !$0.isCancelled
                && Self.isSame(period, Brussels.date($0.at), Brussels.date(now))
        }
    }

    static func isSame(_ period: PeriodLimit.Period, _ one: CivilDate, _ other: CivilDate) -> Bool {
        switch period {
        case .day: one == other
        // 2030-10-21 is a Monday.
        case .week: (one.dayNumber - monday.dayNumber) / 7 == (other.dayNumber - monday.dayNumber) / 7
        case .month: (one.year, one.month) == (other.year, other.month)
        case .quarter: (one.year, (one.month - 1) / 3) == (other.year, (other.month - 1) / 3)
        case .year: one.year == other.year
        case .absolute: true
        }
    }

    private static let monday = CivilDate(text: "2030-10-21")!

    mutating func checkIn(_ id: String, _ holder: Int, _ event: Int, at now: Instant) {
        let points = events[event]!.points
        let paid = min(holders[holder]!.owed, points)
        holders[holder]!.owed -= paid
        holders[holder]!.saved += points - paid
        checkIns.append(CheckIn(id: id, holder: holder, event: event, at: now, points: points, paid: paid))
    }

    /// Everything that is against a cancellation.
    func reasonsAgainstCancelling(_ index: Int, isForced: Bool) -> Set<String> {
        let checkIn = checkIns[index]
        var reasons: Set<String> = checkIn.isCancelled ? ["checkIn.alreadyCancelled"] : []
        let isSpent = checkIn.points - checkIn.paid > holders[checkIn.holder]!.saved
        if isSpent, !isForced { reasons.insert("points.alreadySpent") }
        return reasons
    }

    mutating func cancel(_ index: Int) {
        let checkIn = checkIns[index]
        checkIns[index].isCancelled = true
        let due = checkIn.points - checkIn.paid
        let taken = min(due, holders[checkIn.holder]!.saved)
        holders[checkIn.holder]!.saved -= taken
        holders[checkIn.holder]!.owed += checkIn.paid + due - taken
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

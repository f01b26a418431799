import CardRules

/// What a script of advantages ought to come to, told as plainly as can be: every question is answered by going through
/// all that was taken.
struct AdvantageModel {
    typealias System = TicketModel.System
    typealias Town = TicketModel.Town
    typealias Limit = TicketModel.Limit

    struct Advantage {
        var isWelcome = false
        var points: Int
        var units: Int?
        var ofHolder: Limit?
        var total: Limit?
        var from: CivilDate?
        var until: CivilDate?
        /// Whose members may take it; `nil` for all.
        var systems: [System]?
        var places: [SceneData.Place] = []
        var towns: [Town] = []
        /// How many codes there were; `nil` for none.
        var codes: Int?
        var isActive = true
    }

    struct Holder {
        let system: System
        let town: Town?
        /// He became a member after the welcome was entered.
        var isNew = true
        var saved = 0
        var isCardBlocked = false
    }

    struct Taken {
        var id: String
        let holder: Int
        let advantage: Int
        let place: SceneData.Place
        let at: Instant
        let code: String?
        var isCancelled = false
    }

    var advantages: [Int: Advantage]
    var holders: [Int: Holder]
    var taken: [Taken] = []

    func unitsTaken(_ number: Int) -> Int { taken.count { $0.advantage == number && !$0.isCancelled } }

    /// A code stays used.
    func codesLeft(_ number: Int) -> Int {
        (advantages[number]!.codes ?? 0) - taken.count { $0.advantage == number && $0.code != nil }
    }

    private func used(_ number: Int, _ period: PeriodLimit.Period, _ instant: Instant, by holder: Int? = nil) -> Int {
        taken.count {
            $0.advantage == number && !$0.isCancelled && holder ?? $0.holder == $0.holder
                && TicketModel.isSame(period, $0.at, instant)
        }
    }

    /// ADV-05 to ADV-10, ADV-14, ADV-15: everything that is against taking an advantage, in the periods of an instant.
    func reasons(_ index: Int, _ number: Int, at place: SceneData.Place, _ instant: Instant) -> Set<String> {
        let (holder, advantage, day) = (holders[index]!, advantages[number]!, Brussels.date(instant))
        let system: System = place.cardSystem == SceneData.here ? .here : .there
        let isHere =
            advantage.places.isEmpty ? advantage.systems?.contains(system) ?? true : advantage.places.contains(place)
        let isMember = advantage.systems?.contains(holder.system) ?? true
        let isFull = advantage.total.map { used(number, $0.period, instant) >= $0.volume } ?? false
        let hasEnough = advantage.ofHolder.map { used(number, $0.period, instant, by: index) >= $0.volume } ?? false
        let against: [(String, Bool)] = [
            ("card.blocked", holder.isCardBlocked), ("advantage.notActive", !advantage.isActive),
            (
                "advantage.outsideExchangePeriod",
                day < advantage.from ?? day || day > advantage.until ?? day
            ), ("advantage.notAtCounter", !isHere),
            ("advantage.soldOut", advantage.units.map { unitsTaken(number) >= $0 } ?? false),
            ("advantage.codesUsedUp", advantage.codes != nil && codesLeft(number) < 1),
            ("limit.reached", isFull || hasEnough && !advantage.isWelcome),
            ("advantage.alreadyTaken", hasEnough && advantage.isWelcome),
            ("advantage.otherCardSystem", !isMember),
            ("advantage.notGranted", isMember && advantage.isWelcome && !holder.isNew),
            (
                "advantage.residentsOnly",
                !advantage.towns.isEmpty && !(holder.town.map(advantage.towns.contains) ?? false)
            ), ("points.insufficient", holder.saved < advantage.points),
        ]
        return Set(against.filter(\.1).map(\.0))
    }

    /// The undo of the undo: as if it were taken then, with the points and units of now. It has its code.
    func againstRestoring(_ index: Int) -> Set<String> {
        let one = taken[index]
        if !one.isCancelled { return ["redemption.notCancelled"] }
        return reasons(one.holder, one.advantage, at: one.place, one.at)
            .subtracting(["card.blocked", "advantage.codesUsedUp"])
    }

    mutating func take(_ one: Taken) {
        taken.append(one)
        holders[one.holder]!.saved -= advantages[one.advantage]!.points
    }

    mutating func cancel(_ index: Int) {
        taken[index].isCancelled = true
        holders[taken[index].holder]!.saved += advantages[taken[index].advantage]!.points
    }

    mutating func restore(_ index: Int) {
        taken[index].isCancelled = false
        holders[taken[index].holder]!.saved -= advantages[taken[index].advantage]!.points
    }
}

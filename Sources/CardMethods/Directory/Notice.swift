import CardRules

/// A notice as `tell_change` words it: sequence, table, id.
struct Notice: Sendable, Hashable {
    /// Stands for a table when the clock was moved.
    static let clock = "clock"

    let sequence: Int64
    let table: String
    let id: ID<Never>

    init?(_ payload: String) {
        let words = payload.split(separator: " ")
        guard words.count == 3, let sequence = Int64(words[0]), let id = ID<Never>(text: String(words[2])) else {
            return nil
        }
        (self.sequence, table, self.id) = (sequence, String(words[1]), id)
    }

    var isAboutClock: Bool { table == Self.clock }

    /// Whether it may change what somebody may do.
    var isAboutRoles: Bool { change.isEmpty && !isAboutClock || table.hasPrefix("counter") || table == "pillar" }

    /// The rows to read anew.
    var change: DirectoryChange {
        var change = DirectoryChange()
        switch table {
        case "card_system": change.cardSystems.insert(ID(high: id.high, low: id.low))
        case "counter", "counter_card_system": change.counters.insert(ID(high: id.high, low: id.low))
        case "pillar", "pillar_counter": change.pillars.insert(ID(high: id.high, low: id.low))
        case "event": change.events.insert(ID(high: id.high, low: id.low))
        default: break
        }
        return change
    }
}

import CardRules
import JSONRPC
import Logging
import Postgres
import Synchronization

/// The memory of a daemon: what pillars and tills ask all day, kept right by the notices that the database sends with
/// each change. A gap in their numbers drops it whole, and it is read anew when next asked for.
public final class Directory: Sendable {
    private struct Memory: Sendable {
        /// `nil` before the first load and after a gap.
        var state: DirectoryState?
        /// The last change that is in `state`, or that was seen on the way to it.
        var sequence: Int64 = 0
        /// Raised whenever somebody's roles may have changed: callers of an older epoch are computed anew.
        var epoch = 1
        var pending = DirectoryChange()
        var assignments: [PillarID: ShownAssignment] = [:]
        var waiters: [(sequence: Int64, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let memory = Mutex(Memory())
    private let loader: DirectoryLoader
    private let clock: BusinessClock
    private let onChange = Mutex<(@Sendable (Set<PillarID>?) -> Void)?>(nil)

    init(database: Database, clock: BusinessClock) {
        loader = DirectoryLoader(database: database)
        self.clock = clock
    }

    /// Has somebody told which pillars may show something else now; `nil` for all of them.
    public func tellChanges(to listener: @escaping @Sendable (Set<PillarID>?) -> Void) {
        onChange.withLock { $0 = listener }
    }

    /// The state of roles that callers are computed from.
    var epoch: Int { memory.withLock { $0.epoch } }

    /// Whether a caller's roles are those of now, and his session not over.
    func isCurrent(_ caller: Caller) -> Bool {
        if caller.isAnonymous { return true }
        if let endsAt = caller.endsAt, endsAt <= clock.realNow { return false }
        return caller.epoch == epoch
    }

    /// What memory knows of an event, with its margins; `nil` also while memory is empty.
    func event(_ id: EventID) -> DirectoryState.EventEntry? { memory.withLock { $0.state?.event(id) } }

    /// How many days ahead a card system wants to hear of a fixed event that ends.
    func fixedEventWarningDays(of cardSystem: CardSystemID) -> Int {
        memory.withLock { $0.state?.cardSystems[cardSystem]?.warningDays } ?? 0
    }

    /// Whether a counter is the event's organizer or a location of it, and so may act for it (PER-04).
    func serves(_ counter: CounterID, _ event: EventFacts) -> Bool {
        guard let known = memory.withLock({ $0.state?.counters[counter] }) else { return false }
        return known.organizer != nil && known.organizer == event.organizer
            || event.place.map(known.places.contains) == true
    }

    /// What a pillar shows at an instant, with the events that it was chosen among; `nil` if memory is empty or does not
    /// know the pillar.
    func candidates(for id: PillarID) -> (pillar: DirectoryState.PillarEntry, events: [EventFacts])? {
        memory.withLock { memory in
            memory.state?.pillar(id).map { ($0, memory.state!.events(for: $0)) }
        }
    }

    /// What a pillar shows now: computed when it may have changed, else as it was.
    func assignment(of id: PillarID, at now: Instant) -> ShownAssignment? {
        memory.withLock { memory in
            if let known = memory.assignments[id], known.holds(at: now) { return known }
            guard let state = memory.state, let pillar = state.pillar(id) else { return nil }
            let shown = ShownAssignment(pillar, in: state, at: now)
            memory.assignments[id] = shown
            return shown
        }
    }

    var isLoaded: Bool { memory.withLock { $0.state != nil } }

    /// Reads everything, unless it is there.
    func load() async throws {
        if isLoaded { return }
        try await reload()
    }

    /// Reads everything anew.
    func reload() async throws {
        let now = clock.now
        let (state, sequence, offset) = try await loader.everything(now: now)
        clock.adopt(offset: offset)
        memory.withLock { memory in
            memory.state = state
            memory.sequence = max(memory.sequence, sequence)
            memory.assignments.removeAll()
            memory.epoch += 1
        }
        resumeWaiters()
        onChange.withLock { $0 }?(nil)
    }

    /// Reads one event that memory does not hold, such as one that is over.
    func load(event id: EventID) async throws {
        try await load()
        var change = DirectoryChange()
        change.events.insert(id)
        try await apply(change)
    }

    /// Waits until memory holds everything up to a change of the database, for at most a second.
    func reached(_ sequence: Int64) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await withCheckedContinuation { continuation in
                    let isThere = self.memory.withLock { memory in
                        if memory.sequence >= sequence || memory.state == nil { return true }
                        memory.waiters.append((sequence, continuation))
                        return false
                    }
                    if isThere { continuation.resume() }
                }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(1))
                self.giveUp(waitingFor: sequence)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func giveUp(waitingFor sequence: Int64) {
        let late = memory.withLock { memory in
            let late = memory.waiters.filter { $0.sequence <= sequence }
            memory.waiters.removeAll { $0.sequence <= sequence }
            return late
        }
        for waiter in late { waiter.continuation.resume() }
    }

    private func resumeWaiters() {
        let ready = memory.withLock { memory in
            let ready = memory.waiters.filter { $0.sequence <= memory.sequence }
            memory.waiters.removeAll { $0.sequence <= memory.sequence }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}

extension Directory {
    /// Follows the database until the task is cancelled: each notice is applied, a gap drops the memory.
    public func follow(_ listener: Listener, logger: Logger) async {
        for await event in listener.events {
            switch event {
            case .gap:
                await refill(logger, why: "notices were missed")
            case .notification(_, let payload):
                guard let notice = Notice(payload) else { continue }
                await take(notice, logger)
            }
        }
    }

    private func take(_ notice: Notice, _ logger: Logger) async {
        let isNext = memory.withLock { memory in
            // Everything up to the load is in it; what comes after must come without a gap.
            if notice.sequence <= memory.sequence { return nil as Bool? }
            let isNext = notice.sequence == memory.sequence + 1 && memory.state != nil
            return isNext
        }
        guard let isNext else { return }
        if notice.table == Notice.clock { return await refill(logger, why: "the clock was moved") }
        guard isNext else { return await refill(logger, why: "change \(notice.sequence) came out of turn") }
        do {
            if notice.isAboutRoles { memory.withLock { $0.epoch += 1 } }
            try await apply(notice.change)
            memory.withLock { $0.sequence = notice.sequence }
            resumeWaiters()
        } catch {
            await refill(logger, why: "a change could not be read: \(error)")
        }
    }

    /// Drops the memory and fills it anew; if that fails, it stays empty until somebody asks.
    private func refill(_ logger: Logger, why: String) async {
        logger.info("memory dropped", metadata: ["why": "\(why)"])
        memory.withLock { memory in
            memory.state = nil
            memory.assignments.removeAll()
            memory.epoch += 1
        }
        do { try await reload() } catch { logger.warning("memory not filled", metadata: ["error": "\(error)"]) }
    }

    private func apply(_ change: DirectoryChange) async throws {
        guard !change.isEmpty, let before = memory.withLock({ $0.state }) else { return }
        let after = try await loader.changed(before, change)
        let touched = memory.withLock { memory -> Set<PillarID>? in
            memory.state = after
            // Pillars and events touch those near them; counters and card systems may touch all.
            if change.counters.isEmpty && change.cardSystems.isEmpty {
                let near = before.pillars(near: change.events).union(after.pillars(near: change.events))
                let touched = near.union(change.pillars)
                for id in touched { memory.assignments[id] = nil }
                return touched
            }
            memory.assignments.removeAll(keepingCapacity: true)
            return nil
        }
        onChange.withLock { $0 }?(touched)
    }
}

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

    /// Whether it may change what somebody may do.
    var isAboutRoles: Bool { change.isEmpty || table.hasPrefix("counter") || table == "pillar" }

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

/// Reads for the directory, one load at a time.
private actor DirectoryLoader {
    private let database: Database
    private var running: Task<(DirectoryState, Int64, Instant.Span), any Error>?

    init(database: Database) { self.database = database }

    /// Everything, the number of the last change in it, and the clock's offset. Those who ask meanwhile share one load.
    func everything(now: Instant) async throws -> (DirectoryState, Int64, Instant.Span) {
        if let running { return try await running.value }
        let task = Task { [database] in
            try await database.transaction(opening: Self.opening, deadline: .seconds(60)) { transaction in
                // The number is read first: a change that commits meanwhile is applied once more, which does no harm.
                let platform = try transaction.query(
                    "select change_sequence, clock_offset_microseconds from platform")[0]
                let state = try DirectoryState.load(transaction, now: now)
                return (state, try platform[0] as Int64, Instant.Span(microseconds: try platform[1]))
            }
        }
        running = task
        defer { running = nil }
        return try await task.value
    }

    func changed(_ state: DirectoryState, _ change: DirectoryChange) async throws -> DirectoryState {
        try await database.transaction(opening: Self.opening, deadline: .seconds(30)) { transaction in
            var state = state
            try state.apply(change, transaction)
            return state
        }
    }

    private static let opening: [SQL] = ["select set_config('role', 'ksbd_platform', true)"]
}

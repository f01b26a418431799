import CardRules
import JSONRPC
import Logging
import Postgres
import Synchronization

/// The memory of a daemon: what pillars and tills ask all day, kept right by the notices that the database sends with
/// each change. A gap in their numbers drops it whole, and it is read anew when next asked for.
public final class Directory: Sendable {
    fileprivate struct Memory: Sendable {
        /// `nil` before the first load and after a gap.
        var state: DirectoryState? { didSet { generation += 1 } }
        /// Tells one state from another: who worked a change into an older one begins again.
        private(set) var generation = 0
        /// The last change that is in `state`, or that was seen on the way to it.
        var sequence: Int64 = 0
        /// The last change that those who listen have heard of.
        var told: Int64 = 0
        /// Raised whenever somebody's roles may have changed: callers of an older epoch are computed anew.
        var epoch = 1
        var assignments: [PillarID: ShownAssignment] = [:]
        var waiters: [Int: (sequence: Int64, continuation: CheckedContinuation<Void, Never>)] = [:]
        var lastWaiter = 0
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

    /// Whether a counter is the event's organizer, and so may sell its tickets (TAR-10).
    func organizes(_ counter: CounterID, _ event: EventFacts) -> Bool {
        guard let organizer = memory.withLock({ $0.state?.counters[counter]?.organizer }) else { return false }
        return organizer == event.organizer
    }

    /// What a pillar shows at an instant, with the events that it was chosen among; `nil` if memory is empty or does
    /// not know the pillar.
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

    /// Reads everything anew, as it is after this was asked.
    func reload() async throws {
        let loaded = try await loader.everything(clock)
        memory.withLock { memory in
            // Notices may have brought memory further than what was read.
            if memory.state != nil, memory.sequence > loaded.sequence { return }
            memory.state = loaded.state
            memory.sequence = max(memory.sequence, loaded.sequence)
            memory.assignments.removeAll()
            memory.epoch += 1
        }
        tell(Touched(pillars: nil), through: loaded.sequence)
    }

    /// Reads one event that memory does not hold, such as one that is over.
    func load(event id: EventID) async throws {
        try await load()
        var change = DirectoryChange()
        change.events.insert(id)
        tell(try await apply(change, through: nil))
    }

    /// Waits until memory holds everything up to a change of the database, for at most a second.
    func reached(_ sequence: Int64) async {
        await withCheckedContinuation { continuation in
            let waiter = memory.withLock { memory in
                if memory.told >= sequence || memory.state == nil { return nil as Int? }
                memory.lastWaiter += 1
                memory.waiters[memory.lastWaiter] = (sequence, continuation)
                return memory.lastWaiter
            }
            guard let waiter else { return continuation.resume() }
            Task {
                try? await Task.sleep(for: .seconds(1))
                self.memory.withLock { $0.waiters.removeValue(forKey: waiter) }?.continuation.resume()
            }
        }
    }

    /// Has those who listen look again, and those who wait for the change go on.
    private func tell(_ touched: Touched, through sequence: Int64? = nil) {
        onChange.withLock { $0 }?(touched.pillars)
        guard let sequence else { return }
        let ready = memory.withLock { memory in
            memory.told = max(memory.told, sequence)
            let ready = memory.waiters.filter { $0.value.sequence <= memory.told }
            for id in ready.keys { memory.waiters[id] = nil }
            return ready.values
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}

extension Directory {
    /// Follows the database until the task is cancelled: each notice is applied, a gap drops the memory.
    public func follow(_ listener: Listener, logger: Logger) async {
        var isListening = false
        for await event in listener.events {
            switch event {
            case .gap:
                // The first only tells that from now on notices are heard.
                await refill(logger, why: isListening ? "notices were missed" : nil)
                isListening = true
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
            return notice.sequence == memory.sequence + 1 && memory.state != nil
        }
        guard let isNext else { return }
        guard isNext else { return await refill(logger, why: "change \(notice.sequence) came out of turn") }
        do {
            if notice.isAboutRoles { memory.withLock { $0.epoch += 1 } }
            if notice.isAboutClock { clock.adopt(offset: try await loader.clockOffset()) }
            let touched = try await apply(notice.change, through: notice.sequence)
            tell(notice.isAboutClock ? Touched(pillars: nil) : touched, through: notice.sequence)
        } catch {
            await refill(logger, why: "a change could not be read: \(error)")
        }
    }

    /// Drops the memory and fills it anew; if that fails, it stays empty until somebody asks.
    private func refill(_ logger: Logger, why: String?) async {
        if let why { logger.info("memory dropped", metadata: ["why": "\(why)"]) }
        memory.withLock { memory in
            memory.state = nil
            memory.assignments.removeAll()
            memory.epoch += 1
        }
        do { try await reload() } catch { logger.warning("memory not filled", metadata: ["error": "\(error)"]) }
    }

    /// The pillars that may show something else by a change; `nil` for all.
    fileprivate struct Touched {
        let pillars: Set<PillarID>?
    }

    /// Works a change into the memory.
    ///
    /// - Parameter sequence: Its number, if it was told: memory has everything up to it then.
    private func apply(_ change: DirectoryChange, through sequence: Int64?) async throws -> Touched {
        while let (before, generation) = memory.withLock({ memory in memory.state.map { ($0, memory.generation) } }) {
            let after = change.isEmpty ? before : try await loader.changed(before, change)
            let touched = memory.withLock { memory -> Touched? in
                guard let touched = memory.replace(before, by: after, change, of: generation) else { return nil }
                // Together with the state, so that nobody puts an older one in its place.
                if let sequence { memory.sequence = max(memory.sequence, sequence) }
                return touched
            }
            if let touched { return touched }
        }
        return Touched(pillars: [])
    }
}

extension Directory.Memory {
    /// Takes a changed state in, unless another was taken in meanwhile.
    fileprivate mutating func replace(
        _ before: DirectoryState, by after: DirectoryState, _ change: DirectoryChange, of generation: Int
    ) -> Directory.Touched? {
        guard self.generation == generation else { return nil }
        if change.isEmpty { return Directory.Touched(pillars: []) }
        state = after
        // Pillars and events touch those near them; counters and card systems may touch all.
        guard change.counters.isEmpty && change.cardSystems.isEmpty else {
            assignments.removeAll(keepingCapacity: true)
            return Directory.Touched(pillars: nil)
        }
        let near = before.pillars(near: change.events).union(after.pillars(near: change.events))
        let touched = near.union(change.pillars)
        for id in touched { assignments[id] = nil }
        return Directory.Touched(pillars: touched)
    }
}

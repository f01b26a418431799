/// What a call may run beside.
public enum Lane: Sendable, Hashable {
    /// Beside other reads.
    case read
    /// Alone.
    case write
    /// A write that is carried out together with others of its kind, in the order in which they started.
    case batched(String)
    /// At once, past everything that waits: cancelling, and answering a ping.
    case control
}

/// Decides which of a connection's calls run at the same time, so that a call sees the writes before it. It runs
/// nothing itself: it is told what arrived and what finished, and says what may start.
///
/// It is inlinable throughout because it lies on the way of every call: unspecialised, it would cost ten times as much.
public struct RequestLanes<Payload: Sendable>: Sendable {
    /// A call that may start now.
    public struct Started: Sendable {
        /// Names the call to `finished`.
        public let ticket: Ticket
        public let payload: Payload

        @inlinable init(ticket: Ticket, payload: Payload) { (self.ticket, self.payload) = (ticket, payload) }
    }

    public struct Ticket: Sendable, Hashable {
        @usableFromInline let number: Int

        @inlinable init(number: Int) { self.number = number }
    }

    /// Where a cancelled call was found.
    public enum Cancelled: Sendable {
        /// It never started and never will; others may start in its place.
        case queued(Payload, started: [Started])
        /// It is under way and still has to finish.
        case running(Ticket)
        case notFound
    }

    @usableFromInline struct Entry: Sendable {
        @usableFromInline let ticket: Ticket
        @usableFromInline let lane: Lane
        /// What the call, or each call of a batch, is named by. Notifications have no id.
        @usableFromInline let ids: [RequestID]
        @usableFromInline let payload: Payload

        @inlinable init(ticket: Ticket, lane: Lane, ids: [RequestID], payload: Payload) {
            (self.ticket, self.lane, self.ids, self.payload) = (ticket, lane, ids, payload)
        }
    }

    /// In no order.
    @usableFromInline var running: [Entry] = []
    /// In the order of arrival.
    @usableFromInline var queued: [Entry] = []
    /// The lane of all that run, `control` aside: they are reads, or of one batched lane, or a single write.
    @usableFromInline var lane: Lane?
    /// How many run in it.
    @usableFromInline var inLane = 0
    @usableFromInline var lastNumber = 0
    @usableFromInline let maximumReads: Int
    @usableFromInline let maximumInFlight: Int
    @usableFromInline let maximumQueued: Int

    public init(_ limits: WireLimits = WireLimits()) {
        maximumReads = min(limits.readsAtOnce, limits.callsInFlight)
        maximumInFlight = limits.callsInFlight
        maximumQueued = limits.callsQueued
    }

    /// Whether to read on from the connection. What was read before it turned false is still taken. Calls of the
    /// control lane never wait and so count only when they are very many.
    @inlinable public var shouldRead: Bool {
        queued.count < maximumQueued && running.count < maximumInFlight + maximumQueued
    }

    /// Whether nothing runs and nothing waits.
    @inlinable public var isIdle: Bool { running.isEmpty && queued.isEmpty }

    /// Whether a call with this id runs or waits. A null id names no call.
    @inlinable public func isInUse(_ id: RequestID) -> Bool {
        id != .null && (running.contains { $0.ids.contains(id) } || queued.contains { $0.ids.contains(id) })
    }

    /// A call, or a batch as one, that came off the connection.
    /// - Parameter ids: of the call or of all in the batch; none of them in use.
    /// - Returns: what may start now, in this order.
    @inlinable public mutating func arrived(_ payload: Payload, lane: Lane, ids: [RequestID]) -> [Started] {
        lastNumber += 1
        let entry = Entry(ticket: Ticket(number: lastNumber), lane: lane, ids: ids, payload: payload)
        if lane == .control || queued.isEmpty && mayStart(lane) { return [start(entry)] }
        queued.append(entry)
        return []
    }

    /// A call has run to its end, cancelled or not.
    /// - Returns: what may start now, in this order.
    @inlinable public mutating func finished(_ ticket: Ticket) -> [Started] {
        guard let index = running.firstIndex(where: { $0.ticket == ticket }) else { return [] }
        running.swapAt(index, running.count - 1)
        if running.removeLast().lane != .control {
            inLane -= 1
            if inLane == 0 { lane = nil }
        }
        // A connection that was busy once must not hold the memory of it for the hours in which it idles.
        if isIdle, running.capacity > 8 || queued.capacity > 8 { (running, queued) = ([], []) }
        return startQueued()
    }

    /// Takes a waiting call out of the queue. A call of a batch is not found: a batch stands and falls as one.
    @inlinable public mutating func cancel(_ id: RequestID) -> Cancelled {
        if id == .null { return .notFound }
        if let entry = running.first(where: { $0.ids == [id] }) { return .running(entry.ticket) }
        guard let index = queued.firstIndex(where: { $0.ids == [id] }) else { return .notFound }
        let payload = queued.remove(at: index).payload
        return .queued(payload, started: startQueued())
    }

    /// Starts from the head of the queue whatever may run beside the rest. None overtakes another.
    @inlinable mutating func startQueued() -> [Started] {
        var started: [Started] = []
        while let head = queued.first, mayStart(head.lane) { started.append(start(queued.removeFirst())) }
        return started
    }

    @inlinable mutating func start(_ entry: Entry) -> Started {
        if entry.lane != .control {
            lane = entry.lane
            inLane += 1
        }
        running.append(entry)
        return Started(ticket: entry.ticket, payload: entry.payload)
    }

    @inlinable func mayStart(_ next: Lane) -> Bool {
        guard let lane else { return true }
        return next == lane && next != .write && inLane < (next == .read ? maximumReads : maximumInFlight)
    }
}

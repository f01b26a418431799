import CardRules
import JSONRPC
import Synchronization

/// The connections of pillars that want to hear when what they show changes.
public final class Subscriptions: Sendable {
    private struct Subscriber: Sendable {
        let peer: Peer
        let pillar: Caller.Pillar
        var shown: [UInt8]
        /// When the answer may change by itself; business time.
        var validUntil: Instant?
    }

    private let subscribers = Mutex<[ObjectIdentifier: Subscriber]>([:])
    static let notification = "pillar.assignedEventChanged"

    func add(_ peer: Peer, as pillar: Caller.Pillar, showing shown: ShownAssignment) {
        subscribers.withLock {
            $0[ObjectIdentifier(peer)] = Subscriber(
                peer: peer, pillar: pillar, shown: shown.reply, validUntil: shown.assignment.validUntil)
        }
    }

    func remove(_ peer: Peer) {
        subscribers.withLock { $0[ObjectIdentifier(peer)] = nil }
    }

    public var count: Int { subscribers.withLock { $0.count } }

    /// Tells those whose pillar shows something else now. `pillars` limits the look to some; `nil` means all.
    public func announce(_ pillars: Set<PillarID>?, _ directory: Directory, at now: Instant) {
        let all = subscribers.withLock { $0.values.filter { pillars?.contains($0.pillar.id) ?? true } }
        for subscriber in all { tell(subscriber.peer, directory, now) }
    }

    /// Tells those whose answer changes because time has come.
    func announceDue(_ directory: Directory, at now: Instant) {
        let due = subscribers.withLock { $0.values.filter { $0.validUntil.map { $0 <= now } ?? false } }
        for subscriber in due { tell(subscriber.peer, directory, now) }
    }

    /// Looks and sends under the lock, so that of two who tell at once the one with the older answer is not the last.
    private func tell(_ peer: Peer, _ directory: Directory, _ now: Instant) {
        subscribers.withLock { all in
            let key = ObjectIdentifier(peer)
            guard let current = all[key], let shown = directory.assignment(of: current.pillar.id, at: now) else {
                return
            }
            // Of a device that was released, or that another took the place of, the pillar's events are no business.
            guard shown.credential == current.pillar.credential else { return all[key] = nil }
            all[key]!.validUntil = shown.assignment.validUntil
            all[key]!.shown = shown.reply
            if current.shown == shown.reply { return }
            if peer.push?(Reply.notification(Self.notification, params: shown.reply)) != true { all[key] = nil }
        }
    }
}

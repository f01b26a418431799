import CardRules
import JSONRPC
import Synchronization

/// The connections of pillars that want to hear when what they show changes.
public final class Subscriptions: Sendable {
    private struct Subscriber: Sendable {
        let peer: Peer
        let pillar: PillarID
        var shown: [UInt8]
        /// When the answer may change by itself; business time.
        var validUntil: Instant?
    }

    private let subscribers = Mutex<[ObjectIdentifier: Subscriber]>([:])
    static let notification = "pillar.assignedEventChanged"

    func add(_ peer: Peer, to pillar: PillarID, showing shown: ShownAssignment) {
        subscribers.withLock {
            $0[ObjectIdentifier(peer)] = Subscriber(
                peer: peer, pillar: pillar, shown: shown.reply, validUntil: shown.assignment.validUntil)
        }
    }

    /// Forgets a connection; to be called when it closes.
    public func remove(_ peer: Peer) {
        subscribers.withLock { $0[ObjectIdentifier(peer)] = nil }
    }

    public var count: Int { subscribers.withLock { $0.count } }

    /// Tells those whose pillar shows something else now. `pillars` limits the look to some; `nil` means all.
    public func announce(_ pillars: Set<PillarID>?, _ directory: Directory, at now: Instant) {
        let all = subscribers.withLock { Array($0.values) }
        for subscriber in all where pillars?.contains(subscriber.pillar) ?? true { tell(subscriber, directory, now) }
    }

    /// Tells those whose answer changes because time has come.
    func announceDue(_ directory: Directory, at now: Instant) {
        let due = subscribers.withLock { $0.values.filter { $0.validUntil.map { $0 <= now } ?? false } }
        for subscriber in due { tell(subscriber, directory, now) }
    }

    private func tell(_ subscriber: Subscriber, _ directory: Directory, _ now: Instant) {
        guard let shown = directory.assignment(of: subscriber.pillar, at: now) else { return }
        let isChanged = subscribers.withLock { all in
            let key = ObjectIdentifier(subscriber.peer)
            guard let current = all[key] else { return false }
            all[key]!.validUntil = shown.assignment.validUntil
            all[key]!.shown = shown.reply
            return current.shown != shown.reply
        }
        guard isChanged else { return }
        if subscriber.peer.push?(Reply.notification(Self.notification, params: shown.reply)) != true { remove(subscriber.peer) }
    }
}

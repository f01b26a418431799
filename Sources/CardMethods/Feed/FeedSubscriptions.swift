import CardRules
import JSONRPC
import Postgres
import Synchronization

/// The connections that are sent what changes in card systems. While there are some, the daemon asks the heads of their
/// chains for news now and then, which costs whoever writes nothing: a NOTIFY would line all commits up behind one
/// lock.
public final class FeedSubscriptions: Sendable {
    /// How long to wait between two looks.
    public static let pace = Duration.milliseconds(100)
    /// Rows of the trail in one notification.
    static let pageLimit = 200
    static let notification = "feed.changed"
    static let ending = "feed.ended"

    private struct Key: Hashable {
        let peer: ObjectIdentifier
        let cardSystem: CardSystemID
    }

    private struct Subscriber: Sendable {
        let peer: Peer
        /// With the rights of when it was last sent something; whatever the connection does meanwhile.
        var caller: Caller
        /// Up to where it was told.
        var told: Int64
        /// Tells a subscription from a later one of the same connection.
        let number: Int
    }

    private struct State {
        var subscribers: [Key: Subscriber] = [:]
        var lastNumber = 0
    }

    private let state = Mutex(State())

    public var count: Int { state.withLock { $0.subscribers.count } }

    /// Tells a connection from a place on; in place of what it was told of that card system before.
    func add(_ peer: Peer, _ caller: Caller, to cardSystem: CardSystemID, after: Int64) {
        state.withLock { state in
            state.lastNumber += 1
            state.subscribers[Key(peer: ObjectIdentifier(peer), cardSystem: cardSystem)] = Subscriber(
                peer: peer, caller: caller, told: after, number: state.lastNumber)
        }
    }

    func remove(_ peer: Peer, from cardSystem: CardSystemID) {
        state.withLock { $0.subscribers[Key(peer: ObjectIdentifier(peer), cardSystem: cardSystem)] = nil }
    }

    func remove(_ peer: Peer) {
        state.withLock { state in
            if state.subscribers.isEmpty { return }
            state.subscribers = state.subscribers.filter { $0.key.peer != ObjectIdentifier(peer) }
        }
    }

    /// Sends all that there is, page after page, to those who have room for it.
    public func deliver(_ services: Services) async throws {
        while true {
            let ready = state.withLock { $0.subscribers }.filter { !$0.value.peer.isSlow }
            if ready.isEmpty { return }
            let cardSystems = Set(ready.keys.map(\.cardSystem))
            let heads = try await services.database.read(settings: [.platform]) {
                try $0.feedHeads(of: cardSystems)
            }
            let behind = ready.filter { $0.value.told < heads[$0.key.cardSystem] ?? 0 }
            if behind.isEmpty { return }
            for (place, keys) in Dictionary(
                grouping: behind.keys, by: { Place(cardSystem: $0.cardSystem, after: behind[$0]!.told) })
            {
                try await deliver(from: place, to: keys.map { ($0, behind[$0]!) }, services)
            }
        }
    }

    /// Several who are at the same place are sent the same page.
    private struct Place: Hashable {
        let cardSystem: CardSystemID
        let after: Int64
    }

    private func deliver(from place: Place, to subscribers: [(key: Key, Subscriber)], _ services: Services) async throws
    {
        let page = try await services.database.read(settings: [.platform]) {
            try FeedPage(of: place.cardSystem, after: place.after, limit: Self.pageLimit, in: $0)
        }
        let notification = Reply.notification(Self.notification, params: page.jsonBytes)
        for (key, subscriber) in subscribers {
            let caller = try await Self.current(subscriber.caller, services)
            state.withLock { state in
                // It may have ended or begun anew meanwhile.
                guard state.subscribers[key]?.number == subscriber.number else { return }
                guard let caller, Self.mayFollow(caller, key.cardSystem) else {
                    state.subscribers[key] = nil
                    let params: JSON = ["cardSystemId": .string(key.cardSystem.text)]
                    _ = subscriber.peer.push?(Reply.notification(Self.ending, params: params.bytes))
                    return
                }
                state.subscribers[key]!.caller = caller
                state.subscribers[key]!.told = page.nextAfter
                if subscriber.peer.push?(notification) != true { state.subscribers[key] = nil }
            }
        }
    }

    /// The caller with the rights of now; `nil` if the session is over.
    private static func current(_ caller: Caller, _ services: Services) async throws -> Caller? {
        if services.directory.isCurrent(caller) { return caller }
        do { return try await services.currentCaller(caller) } catch let error as RPCError
            where error == RPCError(.loginMissing)
        { return nil }
    }

    private static func mayFollow(_ caller: Caller, _ cardSystem: CardSystemID) -> Bool {
        guard let scope = FeedSubscribe.declaration.access.scope(of: caller) else { return false }
        return scope.administers(cardSystem) || scope.atCounter.contains(cardSystem)
    }
}

import JSONRPC

/// Follows what changes in a card system, over connections that break and daemons that start anew, and misses nothing.
public struct FeedFollow: Sendable {
    private let cardSystem: String
    private let after: Int64?
    private let connections: Reconnecting
    private let show: @Sendable (JSON) -> Void

    /// - Parameters:
    ///   - after: The place to go on from; `nil` for what comes from now on.
    ///   - connect: Opens a connection that may follow the card system.
    ///   - show: Gets each change, once and in order: an item of `feed.list`.
    ///   - note: Gets what is said about the connection.
    ///   - firstPause: See `PillarWatch`.
    public init(
        of cardSystem: String, after: Int64?, connect: @escaping @Sendable () async throws(CallFailure) -> CardClient,
        show: @escaping @Sendable (JSON) -> Void, note: @escaping @Sendable (String) -> Void,
        firstPause: Duration = .seconds(1)
    ) {
        connections = Reconnecting(connect: connect, note: note, firstPause: firstPause)
        (self.cardSystem, self.after, self.show) = (cardSystem, after, show)
    }

    /// Follows until the task is cancelled. Throws what waiting does not mend, such as a right that has ended.
    public func run() async throws(CallFailure) {
        var place = after
        try await connections.run { client throws(CallFailure) in try await follow(client, &place) }
    }

    private func follow(_ client: CardClient, _ place: inout Int64?) async throws(CallFailure) -> Duration? {
        var advised: Duration?
        var params = JSONObject([.init(name: "cardSystemId", value: .string(cardSystem))])
        if let place { params.members.append(.init(name: "after", value: .integer(place))) }
        place = try await client.call("feed.subscribe", params: .object(params))["after"]?.integer
        for await notification in client.notifications {
            switch notification.method {
            case "feed.changed":
                // A page that was dropped for want of room here is asked for anew.
                guard notification.params["after"]?.integer == place else { return nil }
                for item in notification.params["items"]?.array ?? [] { show(item) }
                place = notification.params["nextAfter"]?.integer
            case "feed.ended": throw .answered(RPCError(.permissionMissing))
            default: advised = notification.reconnectAfter ?? advised
            }
        }
        return advised
    }
}

import JSONRPC

/// Keeps up with what a pillar shows, over connections that break and daemons that start anew.
public struct PillarWatch: Sendable {
    private let connections: Reconnecting
    private let show: @Sendable (JSON) -> Void

    /// - Parameters:
    ///   - connect: Opens a connection that speaks for the pillar.
    ///   - show: Gets the result of `pillar.assignedEvent`, first and whenever it changes.
    ///   - note: Gets what is said about the connection.
    ///   - firstPause: Before the first attempt to connect again; each further one waits twice as long, up to half a
    ///     minute.
    public init(
        connect: @escaping @Sendable () async throws(CallFailure) -> CardClient,
        show: @escaping @Sendable (JSON) -> Void, note: @escaping @Sendable (String) -> Void,
        firstPause: Duration = .seconds(1)
    ) {
        connections = Reconnecting(connect: connect, note: note, firstPause: firstPause)
        self.show = show
    }

    /// Watches until the task is cancelled. Throws what waiting does not mend, such as a credential that does not hold.
    public func run() async throws(CallFailure) {
        var shown: JSON?
        try await connections.run { client throws(CallFailure) in try await follow(client, &shown) }
    }

    /// Follows one connection to its end; returns how long the daemon asked to stay away.
    private func follow(_ client: CardClient, _ shown: inout JSON?) async throws(CallFailure) -> Duration? {
        var advised: Duration?
        update(&shown, try await client.call("pillar.subscribe"))
        for await notification in client.notifications {
            if notification.method == "pillar.assignedEventChanged" { update(&shown, notification.params) }
            advised = notification.reconnectAfter ?? advised
        }
        return advised
    }

    private func update(_ shown: inout JSON?, _ new: JSON) {
        if new != shown { show(new) }
        shown = new
    }
}

import JSONRPC

/// Keeps up with what a pillar shows, over connections that break and daemons that start anew.
public struct PillarWatch: Sendable {
    private let connect: @Sendable () async throws(CallFailure) -> CardClient
    private let show: @Sendable (JSON) -> Void
    private let note: @Sendable (String) -> Void
    private let firstPause: Duration

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
        (self.connect, self.show, self.note, self.firstPause) = (connect, show, note, firstPause)
    }

    /// Watches until the task is cancelled. Throws what waiting does not mend, such as a credential that does not hold.
    public func run() async throws(CallFailure) {
        var shown: JSON?
        var pause = firstPause
        while !Task.isCancelled {
            do throws(CallFailure) {
                let client = try await connect()
                let advised = try await follow(client, &shown)
                pause = advised ?? firstPause
                note("the connection ended; connecting again")
            } catch {
                guard Self.passes(error) else { throw error }
                note("\(FailureText(.en).lines(of: error)[0]); trying again in \(pause)")
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(30))
        }
    }

    /// Whether the same may go well later.
    private static func passes(_ failure: CallFailure) -> Bool {
        guard case .answered(let error) = failure else { return true }
        return error.data?["retryable"]?.bool ?? false
    }

    /// Follows one connection to its end; returns how long the daemon asked to stay away.
    private func follow(_ client: CardClient, _ shown: inout JSON?) async throws(CallFailure) -> Duration? {
        var advised: Duration?
        do throws(CallFailure) {
            update(&shown, try await client.call("pillar.subscribe"))
        } catch {
            await client.close()
            throw error
        }
        for await notification in client.notifications {
            switch notification.method {
            case "pillar.assignedEventChanged": update(&shown, notification.params)
            case "rpc.draining":
                advised = notification.params["reconnectAfterMilliseconds"]?.integer.map { .milliseconds($0) }
            default: break
            }
        }
        await client.close()
        return advised
    }

    private func update(_ shown: inout JSON?, _ new: JSON) {
        if new != shown { show(new) }
        shown = new
    }
}
